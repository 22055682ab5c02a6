using System.Globalization;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Search;

namespace ServerlessSocial.Posts;

/// <summary>
/// Divides the entries of a tag by time, so that no partition grows without bound. The first span is the tag's own partition; each later one,
/// begun when a post comes and the last is <see cref="TagOptions.SpanDays"/> old, is a partition of its own. Post ids sort by time, so that
/// the span of a post follows from its id and a list reads one span after the other.
/// </summary>
public sealed class TagSpans(IDocumentStore documents, RecentDocuments recent, TimeProvider time, IOptions<TagOptions> options)
{
    /// <summary>A span begins a little later than it is noted: longer than any instance remembers that there is none.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromMinutes(2);

    /// <summary>The entry of a post, for writing: a new span is begun when it is time.</summary>
    public async ValueTask<TagEntry> EntryAsync(string tag, string postId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var spans = await recent.FindAsync<TagSpansDocument>(tag, TagSpansDocument.SpansId, cancellationToken);
        if (spans is null || IsDue(spans, now))
        {
            await documents.UpsertManyAsync([TagName.Of(tag)], cancellationToken);
            spans = await documents.SetAsync<TagSpansDocument>(
                tag,
                TagSpansDocument.SpansId,
                found => found is null ? new() { Id = TagSpansDocument.SpansId, Tag = tag, OpenedAt = now }
                    : IsDue(found, now) ? found with { Starts = [.. found.Starts, (now + Notice).ToUnixTimeMilliseconds()] }
                    : found,
                cancellationToken);
            recent.Note(spans!, now);
        }

        return new() { Id = postId, Tag = PartitionOf(spans!, postId) };
    }

    /// <summary>Key of the entry of a post, for taking it away.</summary>
    public async ValueTask<DocumentKey> KeyAsync(string tag, string postId, CancellationToken cancellationToken) =>
        DocumentKey.Of<TagEntry>(
            await documents.FindAsync<TagSpansDocument>(tag, TagSpansDocument.SpansId, cancellationToken) is { } spans ? PartitionOf(spans, postId) : tag, postId);

    /// <summary>The ranges to read for a list, newest first, each up to the lower end of the one before.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="after">Where in the list to go on, as an id; null at its beginning.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<IReadOnlyList<DocumentQuery>> RangesAsync(string tag, string? after, CancellationToken cancellationToken)
    {
        var spans = await recent.FindAsync<TagSpansDocument>(tag, TagSpansDocument.SpansId, cancellationToken);
        return
        [
            .. (spans?.Starts ?? []).Reverse()
                .Select(start => (Partition: NameOf(tag, start), From: Ids.Lowest(DateTimeOffset.FromUnixTimeMilliseconds(start))))
                .Append((Partition: tag, From: Ids.First))
                .Where(span => after is null || string.CompareOrdinal(span.From, after) < 0)
                .Select(span => new DocumentQuery(span.Partition, 1) { From = span.From, To = Ids.End, Descending = true }),
        ];
    }

    /// <summary>The tag of an entry, whichever span it stands in.</summary>
    public static string TagOf(TagEntry entry) => entry.Tag.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at ? entry.Tag[..at] : entry.Tag;

    private bool IsDue(TagSpansDocument spans, DateTimeOffset now) =>
        now - (spans.Starts is [.., var last] ? DateTimeOffset.FromUnixTimeMilliseconds(last) : spans.OpenedAt) >= TimeSpan.FromDays(options.Value.SpanDays);

    private static string PartitionOf(TagSpansDocument spans, string postId)
    {
        var moment = OwnedIds.TimeOf(postId).ToUnixTimeMilliseconds();
        return spans.Starts.LastOrDefault(start => start <= moment) is var found and > 0 ? NameOf(spans.Tag, found) : spans.Tag;
    }

    /// <summary>No tag holds the sign.</summary>
    private static string NameOf(string tag, long start) => string.Create(CultureInfo.InvariantCulture, $"{tag}@{start}");
}
