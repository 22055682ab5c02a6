using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>
/// Says which work the state of a document still needs: the outbox of this product. Nothing else decides what is sent, so a lost or
/// repeated message changes nothing in the end.
/// </summary>
/// <typeparam name="TDocument">Documents that go through the pipeline.</typeparam>
public interface IPipeline<in TDocument>
    where TDocument : PipelineDocument
{
    /// <summary>Queues whose workers this state needs now, a step each; none when the document is at rest. Pure.</summary>
    static abstract IReadOnlyList<string> Next(TDocument document);
}
