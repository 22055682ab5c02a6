using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>Tells whoever changes a document again and again when the present chain of work began.</summary>
public static class WorkSince
{
    /// <summary>
    /// The document's own <see cref="PipelineDocument.WorkSince"/> while its work is underway or was until just now, else the present.
    /// The waiting entry is named after it. A change feed shows the newest version alone, so it may never show the one at rest between two
    /// changes; had the second one begun anew, nothing would strike the first one's entry until the sweep does.
    /// </summary>
    /// <param name="before">The document before the change.</param>
    /// <param name="now">The present.</param>
    public static DateTimeOffset Of<TPipeline, TDocument>(TDocument before, DateTimeOffset now)
        where TPipeline : IPipeline<TDocument>
        where TDocument : PipelineDocument =>
        TPipeline.Next(before).Count > 0 || now - before.WorkSince < Dispatcher.Patience ? before.WorkSince : now;
}
