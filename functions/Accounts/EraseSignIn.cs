using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Accounts;

/// <summary>Lets go of the sign-in, last of all: from here on it is nobody's, and may sign up anew.</summary>
public sealed class EraseSignIn(IDocumentStore documents, AccessGate gate) : IErasureStep
{
    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.SignIn;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        if (person.IsFinal)
        {
            (await documents.DeleteAsync<AccountDocument>(person.AccountId, person.AccountId, cancellationToken)).NotThrottled();
            gate.Forget(person.AccountId);
        }

        return new(null);
    }
}
