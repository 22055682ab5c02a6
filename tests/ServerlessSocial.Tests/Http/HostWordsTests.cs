using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using ServerlessSocial.Hosts.Local;
using ServerlessSocial.Hosts.Local.Storage;

namespace ServerlessSocial.Tests.Http;

/// <summary>What somebody reads who starts the host and something is in the way: one sentence, no trace of a stack, and a status that says so.</summary>
public sealed class HostWordsTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("serverless-social-words-").FullName;

    [Fact]
    public async Task A_port_in_use_is_told_in_a_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        Assert.Equal(
            (1, string.Empty, $"Port {port} is in use. Stop what listens there, or choose another: --port N"), await RunAsync("--port", $"{port}", "--data", directory));
    }

    [Theory]
    [InlineData("--Feeds:PushLimit=-5", 1, "Feeds: a setting is out of its range; see FeedOptions.")]
    [InlineData("--Feeds:PushLimt=5", 2, "Feeds:PushLimt")]
    public async Task A_wrong_setting_is_told_by_name(string setting, int status, string words)
    {
        var (ended, _, error) = await RunAsync("--port", "0", "--data", directory, setting);

        Assert.Equal(status, ended);
        Assert.StartsWith(words, error.Replace("There is no setting ", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_place_of_the_data_directory_is_told_and_left_alone()
    {
        var file = Path.Combine(directory, "notes.txt");
        await File.WriteAllTextAsync(file, "Mine.");

        Assert.Equal((1, $"{file}: it is a file and no directory. Choose another: --data DIR"), await ErrorAsync(file));
        Assert.Equal("Mine.", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_damaged_file_is_told_and_left_alone()
    {
        var file = Path.Combine(directory, SqliteDatabase.MainName);
        await File.WriteAllTextAsync(file, "This is no database, and was one never. " + new string('x', 5_000));

        var (status, error) = await ErrorAsync(directory);

        Assert.Equal((1, $"{directory}: it is damaged, or no database. Restore a copy, or choose another directory: --data DIR"), (status, error));
        Assert.StartsWith("This is no database", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_of_a_later_version_is_told_and_left_alone()
    {
        await (await TestHost.StartAsync(dataDirectory: directory)).DisposeAsync();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(directory, SqliteDatabase.MainName)};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version=999";
            command.ExecuteNonQuery();
        }

        var (status, error) = await ErrorAsync(directory);

        Assert.Equal(1, status);
        Assert.StartsWith($"{directory} holds data of a later version (format 999, this one knows ", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [NotAsAdministratorFact]
    public async Task A_directory_that_may_not_be_written_is_told()
    {
        SetMode(UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var (status, error) = await ErrorAsync(Path.Combine(directory, "data"));

        Assert.Equal(1, status);
        Assert.Contains("it cannot be written", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public async Task A_demonstration_leaves_the_network_of_somebody_else_alone()
    {
        await using (var host = await TestHost.StartAsync(dataDirectory: directory))
        {
            await host.SignUpAsync("somebody_else");
        }

        var (status, _, error) = await RunAsync("demo", "--port", "0", "--data", directory, "--exit");

        Assert.Equal((1, $"{directory} holds another network. Name a fresh directory: demo --data DIR"), (status, error));
    }

    public void Dispose()
    {
        SetMode(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.Delete(directory, recursive: true);
    }

    private void SetMode(UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(directory, mode);
        }
    }

    private static async Task<(int Status, string Error)> ErrorAsync(string data)
    {
        var (status, _, error) = await RunAsync("--port", "0", "--data", data);
        return (status, error);
    }

    private static async Task<(int Status, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(LocalHost).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, (await output).TrimEnd(), (await error).TrimEnd());
    }
}

/// <summary>A test about what a user may not do; for root nothing is forbidden.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NotAsAdministratorFactAttribute : FactAttribute
{
    public NotAsAdministratorFactAttribute() =>
        Skip = OperatingSystem.IsWindows() ? "Windows has no file modes." : Environment.IsPrivilegedProcess ? "The administrator may write anywhere." : null;
}
