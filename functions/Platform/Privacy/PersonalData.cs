using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Platform.Privacy;

/// <summary>How the documents of a type belong to a person.</summary>
public enum Belongs
{
    /// <summary>They hold no person's id, or only while work is under way: nothing is erased with an account.</summary>
    ToNobody,

    /// <summary>Their partition key is a profile's id: the whole partition goes with the account, without further ado.</summary>
    ToProfile,

    /// <summary>Their partition key is an account's id: the whole partition goes with the account, without further ado.</summary>
    ToAccount,

    /// <summary>They stand in partitions of others, or follow other keys: a step finds them.</summary>
    Elsewhere,
}

/// <summary>
/// Declares how the documents of a type belong to a person, so that deleting an account forgets none. Every document type has one; a test
/// sees to it.
/// </summary>
/// <param name="belongs">How they belong to a person.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PersonalDataAttribute(Belongs belongs) : Attribute
{
    /// <summary>How they belong to a person.</summary>
    public Belongs Belongs { get; } = belongs;

    /// <summary>The <see cref="IErasureStep"/> that finds those in others' partitions, or undoes what follows from them.</summary>
    public Type? ErasedBy { get; set; }

    /// <summary>Why they belong to nobody.</summary>
    public string? Because { get; set; }
}

/// <summary>When in the erasure of an account a step has its turn: what later steps need to find things by goes last.</summary>
public enum ErasureStage
{
    /// <summary>What ties the person to others.</summary>
    Ties,

    /// <summary>What the person made.</summary>
    Works,

    /// <summary>What is left of it elsewhere, and what the person is found by.</summary>
    Traces,

    /// <summary>Partitions that are the person's own.</summary>
    Partitions,

    /// <summary>The sign-in: from then on the same one may sign up anew.</summary>
    SignIn,
}

/// <summary>Whose account is being erased.</summary>
/// <param name="ProfileId">The profile.</param>
/// <param name="AccountId">The account.</param>
/// <param name="IsFinal">
/// Whether what is undone and at rest is to be erased. Before that everything is undone once, so that counters and feeds of others are right
/// again and no pipeline is at it any more.
/// </param>
public sealed record ErasedPerson(string ProfileId, string AccountId, bool IsFinal);

/// <summary>What became of a page.</summary>
/// <param name="Next">Where the step goes on; null when it is done.</param>
/// <param name="IsAtRest">Whether all that was looked at is undone and no pipeline still works on it; else the page comes again later.</param>
public readonly record struct ErasedPage(string? Next, bool IsAtRest = true);

/// <summary>
/// A step of erasing an account: pages through what it knows, any number of times, from any position, after a crash at any line. Steps are
/// found by their type; write one for what a new feature keeps in others' partitions.
/// </summary>
public interface IErasureStep
{
    /// <summary>When it has its turn.</summary>
    ErasureStage Stage { get; }

    /// <summary>Undoes a page and, if the person's erasure is final, erases it.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="after">What the page before returned; null at the beginning.</param>
    /// <param name="cancellationToken">Stops it; the page comes again.</param>
    Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken);
}

/// <summary>A document of some type as far as deleting it takes: its key.</summary>
/// <typeparam name="T">A type of its container.</typeparam>
public sealed record Bare<T> : Document, IDocument<Bare<T>>
    where T : Document, IDocument<T>
{
    /// <inheritdoc/>
    static ContainerDefinition IDocument<Bare<T>>.Container => T.Container;

    /// <summary>Not known: it is the partition that was asked for.</summary>
    public override string PartitionKey => throw new NotSupportedException("A bare document is for reading ids.");
}

/// <summary>Empties partitions.</summary>
public static class Partitions
{
    /// <summary>Deletes some documents of a partition, whatever their types.</summary>
    /// <returns>Whether there are more.</returns>
    public static async Task<bool> ErasePageAsync<T>(this IDocumentStore documents, string partitionKey, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        var page = await documents.QueryAsync<Bare<T>>(new DocumentQuery(partitionKey, 500), cancellationToken);
        await documents.DeleteManyAsync([.. page.Items.Select(item => DocumentKey.Of<T>(partitionKey, item.Id))], cancellationToken);
        return page.HasMore;
    }
}
