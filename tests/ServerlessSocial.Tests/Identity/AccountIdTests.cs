using System.Security.Cryptography;
using System.Text;
using ServerlessSocial.Hosts.Local;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Tests.Accounts;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Identity;

/// <summary>How the ids of accounts are made.</summary>
public sealed class AccountIdTests
{
    [Fact]
    public async Task An_account_id_cannot_be_told_from_the_identity_and_differs_by_deployment()
    {
        await using var one = await TestHost.StartAsync();
        await using var other = await TestHost.StartAsync();
        await one.SignUpAsync("anna");

        Assert.NotNull(await one.Documents().FindAsync<AccountDocument>(one.AccountIdOf("anna"), one.AccountIdOf("anna"), default));
        Assert.NotEqual(one.AccountIdOf("anna"), other.AccountIdOf("anna"));
        Assert.NotEqual(Plain("anna"), one.AccountIdOf("anna"));
    }

    [Fact]
    public async Task A_data_directory_of_before_there_was_a_key_goes_on_with_its_accounts()
    {
        var directory = Path.Combine(Path.GetTempPath(), "serverless-social-tests", Guid.NewGuid().ToString("N"));
        try
        {
            string profileId;
            await using (var before = await TestHost.StartAsync(dataDirectory: directory))
            {
                var documents = before.Documents();
                var anna = await before.SignUpAsync("anna");
                profileId = anna.Id;
                await documents.CreateAsync(new AccountDocument { Id = Plain("anna"), ProfileId = profileId }, default);
                await documents.DeleteAsync<ServiceKeyDocument>("accounts", "accounts", default);
            }

            await using var now = await TestHost.StartAsync(dataDirectory: directory);

            Assert.Equal(profileId, (await now.NewClient(await now.TokenAsync("anna")).ReadAsync("me")).Id());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Plain(string subject) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{LocalTokenKeys.Issuer}\n{subject}")));
}
