using Azure.Core;
using Azure.Identity;

namespace ServerlessSocial.Hosts.Azure;

/// <summary>How this app signs in: one credential for everything, so that tokens are asked for once.</summary>
internal static class AzureCredential
{
    /// <summary>
    /// In Azure the managed identity and nothing else: a chain that tries other ways first takes seconds at a start and hides what is wrong.
    /// On a developer's machine, which the Functions tools call <c>Development</c>, whatever the developer is signed in with.
    /// </summary>
    public static TokenCredential Make(IHostEnvironment environment, IConfiguration configuration) =>
        environment.IsDevelopment() ? new DefaultAzureCredential()
        : configuration["AZURE_CLIENT_ID"] is { Length: > 0 } client ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client))
        : new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned);
}
