using System.Runtime.CompilerServices;
using ServerlessSocial.Plans;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Exports.Parts;

/// <summary><c>plan.json</c>: the plan that was set for the person, if one was; <c>credits.json</c>: what their calls of models cost.</summary>
public sealed class CreditsPart(IDocumentStore documents) : IExportPart
{
    /// <inheritdoc/>
    public string Name => "plan and credits";

    /// <inheritdoc/>
    public async Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        var ownerId = archive.Profile.Id;
        if (await documents.FindAsync<PlanDocument>(ownerId, PlanDocument.PlanId, cancellationToken) is { } plan)
        {
            await archive.WriteJsonAsync("plan.json", new { plan.Plan, plan.Until, SetAt = plan.AsOf, plan.Events }, cancellationToken);
        }

        await archive.WriteListAsync("credits.json", ChargesAsync(ownerId, cancellationToken), cancellationToken);
    }

    private async IAsyncEnumerable<object> ChargesAsync(string ownerId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var days = new DocumentQuery(ownerId, 20).WithPrefix(CreditDayDocument.Prefix);
        await foreach (var day in documents.QueryAllAsync<CreditDayDocument>(days, cancellationToken))
        {
            foreach (var charge in day.Charges)
            {
                yield return new { charge.CallId, charge.Kind, charge.Credits, charge.State, At = Ids.TimeOf(charge.CallId), charge.EndedAt };
            }
        }
    }
}
