using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Hosts.Local;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Tests.Accounts;

/// <summary>What tests of deletion do again and again.</summary>
internal static class AccountCalls
{
    /// <summary>No time between undoing and erasing.</summary>
    public const string AtOnce = "Privacy:Quiet=00:00:00";

    public static async Task<HttpStatusCode> LeaveAsync(this TestUser user, string? handle = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "me") { Content = JsonContent.Create(new { handle = handle ?? user.Handle }) };
        using var response = await user.Client.SendAsync(request);
        return response.StatusCode;
    }

    public static string AccountIdOf(this TestHost host, string subject) => host.Services.GetRequiredService<ServiceKey>().AccountIdOf(LocalTokenKeys.Issuer, subject);

    /// <summary>
    /// Files of a data directory that hold one of some texts, or are named after it, read as they lie on the disk once its databases are
    /// compacted: SQLite overwrites what is deleted, yet where it moved a row between pages before, the unused room of the old page keeps a copy.
    /// </summary>
    public static IReadOnlyList<string> FilesWith(string directory, params string[] texts)
    {
        foreach (var path in Directory.EnumerateFiles(directory, "*.db", SearchOption.AllDirectories))
        {
            using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();
            using var vacuum = connection.CreateCommand();
            vacuum.CommandText = "VACUUM";
            vacuum.ExecuteNonQuery();
        }

        var found = new List<string>();
        foreach (var path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            var content = File.ReadAllBytes(path);
            found.AddRange(texts
                .Where(text => path.Contains(text, StringComparison.Ordinal) || content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)
                .Select(text => $"{Path.GetRelativePath(directory, path)}: {text}"));
        }

        return found;
    }
}
