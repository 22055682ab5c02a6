using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Images;

/// <summary>Counts the pictures a person asks for per day: each job once, on the day its id was made.</summary>
public sealed class ImageQuota(IDocumentStore documents, IOptions<ImageOptions> options)
{
    /// <summary>Counts a job.</summary>
    /// <returns>Null, or the error when the day's pictures are used up.</returns>
    public async ValueTask<ImageQuotaExceeded?> TakeAsync(string ownerId, string jobId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var limit = options.Value.DailyQuota;
        var day = Ids.TimeOf(jobId);
        var id = ImageQuotaDocument.IdOf(day);
        var quota = await documents.SetAsync<ImageQuotaDocument>(
            ownerId, id, found => Take(found ?? new ImageQuotaDocument { Id = id, OwnerId = ownerId }, jobId, limit), cancellationToken);
        return quota!.JobIds.Contains(jobId) ? null : new ImageQuotaExceeded(limit, NextDay(day), now);
    }

    /// <summary>Takes a job out of the count: the person got nothing for it.</summary>
    public async ValueTask ReturnAsync(string ownerId, string jobId, CancellationToken cancellationToken) =>
        await documents.UpdateAsync<ImageQuotaDocument>(
            ownerId,
            ImageQuotaDocument.IdOf(Ids.TimeOf(jobId)),
            found => found.JobIds.Contains(jobId) ? found with { JobIds = [.. found.JobIds.Where(other => other != jobId)] } : null,
            cancellationToken);

    internal static ImageQuotaDocument Take(ImageQuotaDocument quota, string jobId, int limit) =>
        quota.JobIds.Contains(jobId) || quota.JobIds.Count >= limit ? quota : quota with { JobIds = [.. quota.JobIds, jobId] };

    private static DateTimeOffset NextDay(DateTimeOffset day) => new(day.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
}
