using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Notifications;

/// <summary>Writes down what somebody decides about a person among their requests.</summary>
public sealed class NotificationConsents(IDocumentStore documents, RelationWriter relations, ServiceKey secret, TimeProvider time)
{
    /// <summary>Decides about a person.</summary>
    /// <param name="me">Who decides.</param>
    /// <param name="handle">The person's handle.</param>
    /// <param name="accepted">Whether their notifications are to come; else the request is dismissed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The error to answer with; null when it is decided.</returns>
    public async Task<Error?> DecideAsync(string me, string handle, bool accepted, CancellationToken cancellationToken)
    {
        var (other, error) = await relations.FindOtherAsync(handle, me, evenHidden: false, cancellationToken);
        if (error is not null)
        {
            return error;
        }

        var consent = new NotificationConsent(secret.PseudonymOf(PseudonymUse.NotificationPolicy, other.Id), accepted, time.GetUtcNow());
        await documents.SetAsync<NotificationPolicyDocument>(
            me,
            NotificationPolicyDocument.PolicyId,
            found => found?.Find(consent.Pseudonym) is { Accepted: true } && accepted ? found : (found ?? NotificationPolicyDocument.For(me)).With(consent),
            cancellationToken);
        return null;
    }
}
