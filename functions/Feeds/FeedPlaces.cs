using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;
using ServerlessSocial.Tags;

namespace ServerlessSocial.Feeds;

/// <summary>A place in the list that a feed is read as: what was delivered there, and a tag that brings the same post; at least one of them.</summary>
/// <param name="Id">Position: the id of the entry, or of the post.</param>
/// <param name="Entry">What was delivered; null for nothing.</param>
/// <param name="Tag">Tag that the reader follows; null for none.</param>
public readonly record struct FeedPlace(string Id, FeedEntry? Entry, string? Tag)
{
    /// <summary>The post.</summary>
    public string PostId => Entry?.PostId ?? Id;

    /// <summary>The post as delivery brings it, or as its tag does.</summary>
    public PostReference Reference => Entry switch
    {
        null => new(Id, Place.Boost),
        { Reason: FeedReason.Boosted } boost => new(boost.PostId, Place.Boost, boost.By),
        var entry => new(entry.PostId, Place.Feed),
    };
}

/// <summary>Merges what was delivered with what followed tags bring, by time. Pure.</summary>
public static class FeedPlaces
{
    /// <summary>Merges down to where both are known.</summary>
    /// <returns>The places, and whether there are more behind them.</returns>
    public static (IReadOnlyList<FeedPlace> Places, bool HasMore) Merge(DocumentPage<FeedEntry> delivered, TaggedPosts tagged)
    {
        if (tagged.Items.Count == 0)
        {
            var all = new FeedPlace[delivered.Items.Count];
            for (var i = 0; i < all.Length; i++)
            {
                all[i] = new(delivered.Items[i].Id, delivered.Items[i], null);
            }

            return (all, delivered.HasMore);
        }

        var places = new List<FeedPlace>(delivered.Items.Count + tagged.Items.Count);
        var (here, there) = (0, 0);
        while (here < delivered.Items.Count || there < tagged.Items.Count)
        {
            if ((here == delivered.Items.Count && delivered.HasMore) || (there == tagged.Items.Count && tagged.HasMore))
            {
                return (places, true);
            }

            var entry = here < delivered.Items.Count ? delivered.Items[here] : null;
            var post = there < tagged.Items.Count ? tagged.Items[there] : (TaggedPost?)null;
            var order = entry is null ? 1 : post is null ? -1 : string.CompareOrdinal(post.Value.PostId, entry.Id);
            places.Add(new(order > 0 ? post!.Value.PostId : entry!.Id, order > 0 ? null : entry, order >= 0 ? post!.Value.Tag : null));
            here += order <= 0 ? 1 : 0;
            there += order >= 0 ? 1 : 0;
        }

        return (places, delivered.HasMore || tagged.HasMore);
    }
}
