using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Polls;

/// <summary>A vote.</summary>
/// <param name="Choices">Which answers, counted from 0: one, or several where the poll allows it.</param>
[Example("""{ "choices": [1] }""")]
public sealed record NewVote([property: Required, Length(1, PollTerms.MostOptions)] IReadOnlyList<int>? Choices = null);

/// <summary>Votes in a poll.</summary>
public sealed class VoteOnPoll(IDocumentStore documents, PostReader reader, TimeProvider time)
{
    /// <summary>Vote in the poll of a post.</summary>
    /// <remarks>
    /// Nobody learns what you chose, the author neither. A vote cannot be changed; the same one again gets the same answer, which shows the results. You are told when
    /// the poll is closed.
    /// </remarks>
    [Function(nameof(VoteOnPoll))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reactions)]
    [RequestBody(typeof(NewVote))]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Ok<Post>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "posts/{id}/vote")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (request, unreadable) = await http.ReadJsonAsync<NewVote>(cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        if (request.Choices is not { Count: > 0 and <= PollTerms.MostOptions } sent || sent.Distinct().Count() != sent.Count)
        {
            return new InvalidFields("choices", "At least one answer, and each once.");
        }

        var viewer = Viewer.Of(http).AsAnybody;
        if (await reader.FindAsync(id, viewer, Place.Post, cancellationToken) is not { Poll: { } terms } post)
        {
            return new Missing("poll");
        }

        int[] choices = [.. sent.Order()];
        if ((Problem(terms, choices) ?? await VoteAsync(post, viewer.ProfileId!, choices, cancellationToken)) is { } refused)
        {
            return refused;
        }

        return await reader.ReadAsync(id, viewer, Place.Post, cancellationToken) is { } shown ? TypedResults.Ok(shown) : new Missing("poll");
    }

    private static Error? Problem(PollTerms terms, int[] choices) => new Validation()
        .Require(choices[0] >= 0 && choices[^1] < terms.Options.Count, "choices", $"From 0 to {terms.Options.Count - 1}.")
        .Require(terms.Multiple || choices.Length == 1, "choices", "One answer only.")
        .Error;

    private async ValueTask<Error?> VoteAsync(PostDocument post, string me, int[] choices, CancellationToken cancellationToken)
    {
        var vote = await documents.FindAsync<VoteDocument>(me, VoteDocument.IdOf(post.Id), cancellationToken);
        var now = time.GetUtcNow();
        if (vote is null)
        {
            if (post.AuthorId == me || !post.IsVisible)
            {
                return new OwnPoll();
            }

            if (post.PollClosesAt <= now)
            {
                return new PollClosed();
            }

            var given = new VoteDocument
            {
                Id = VoteDocument.IdOf(post.Id),
                ActorId = me,
                PostId = post.Id,
                Choices = choices,
                Active = true,
                WorkSince = now,
                TraceParent = Activity.Current?.Id,
            };
            vote = (await documents.CreateAsync(given, cancellationToken)).NotThrottled().Document
                ?? await documents.FindAsync<VoteDocument>(me, given.Id, cancellationToken);
        }

        if (vote is not { Active: true } || !vote.Choices.SequenceEqual(choices))
        {
            return new AlreadyVoted();
        }

        // Counted before the answer, which shows it then; should this fail, the pipeline counts it.
        await documents.TallyAsync([.. vote.Tallies()], cancellationToken);
        return null;
    }
}
