using System.ComponentModel.DataAnnotations;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Polls;

/// <summary>A poll to be put to readers.</summary>
/// <param name="Options">2 to 8 different answers of 1 to 100 characters (grapheme clusters).</param>
/// <param name="Minutes">How long it is open from when others can see it: 5 to 44,640 (31 days).</param>
/// <param name="Multiple">Whether one may choose several; not unless said.</param>
public sealed record NewPoll(
    [property: Required, Length(PollTerms.LeastOptions, PollTerms.MostOptions), MaxGraphemes(PollTerms.MaxOption)] IReadOnlyList<string?>? Options = null,
    [property: Required, Range(PollTerms.LeastMinutes, PollTerms.MostMinutes)] int? Minutes = null, bool? Multiple = null);

/// <summary>What a poll asks, as its post keeps it. It never changes, or votes would be for something else.</summary>
/// <param name="Options">The answers, normalised.</param>
/// <param name="Minutes">How long it is open.</param>
/// <param name="Multiple">Whether one may choose several.</param>
public sealed record PollTerms(IReadOnlyList<string> Options, int Minutes, bool Multiple)
{
    /// <summary>Fewest and most answers.</summary>
    public const int LeastOptions = 2, MostOptions = 8;

    /// <summary>Longest answer, in extended grapheme clusters.</summary>
    public const int MaxOption = 100;

    /// <summary>Shortest and longest time it is open, in minutes.</summary>
    public const int LeastMinutes = 5, MostMinutes = 31 * 24 * 60;

    /// <summary>Reads a request: the terms, null for no poll, with what is wrong noted by field.</summary>
    public static PollTerms? Read(NewPoll? request, Validation problems)
    {
        if (request is null)
        {
            return null;
        }

        List<string> options = [.. (request.Options ?? []).Select(option => TextLength.Normalize(option ?? string.Empty))];
        problems
            .Require(options.Count is >= LeastOptions and <= MostOptions, "poll.options", $"{LeastOptions} to {MostOptions} answers.")
            .Note("poll.options", options.Select(option => TextLength.Problem(option, MaxOption, required: true)).FirstOrDefault(problem => problem is not null))
            .Require(options.Distinct(StringComparer.Ordinal).Count() == options.Count, "poll.options", "Each answer once.")
            .Require(request.Minutes is >= LeastMinutes and <= MostMinutes, "poll.minutes", $"{LeastMinutes} to {MostMinutes} minutes.");
        return new(options, request.Minutes ?? 0, request.Multiple ?? false);
    }

    /// <summary>The poll as a request would put it.</summary>
    public NewPoll ToRequest() => new(Options, Minutes, Multiple);

    /// <inheritdoc/>
    public bool Equals(PollTerms? other) => other is not null && Minutes == other.Minutes && Multiple == other.Multiple && Options.SequenceEqual(other.Options, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Minutes, Multiple, Options.Count);
}
