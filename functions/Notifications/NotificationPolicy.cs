using System.ComponentModel.DataAnnotations;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Notifications;

/// <summary>Whose notifications one wants; the strictest of what applies to somebody holds, and for people one follows nothing does.</summary>
/// <param name="NotFollowing">What becomes of notifications from people you do not follow: <c>accept</c>, <c>filter</c> lists the people among the requests, <c>drop</c> shows them nowhere.</param>
/// <param name="NewAccounts">The same for accounts younger than 30 days that you do not follow.</param>
[Example("""{ "notFollowing": "filter", "newAccounts": "filter" }""")]
public sealed record NotificationPolicy([property: Required] PolicyAction? NotFollowing = null, [property: Required] PolicyAction? NewAccounts = null)
{
    internal static NotificationPolicy Of(NotificationPolicyDocument policy) => new(policy.NotFollowing, policy.NewAccounts);
}
