using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;

namespace ServerlessSocial.Tests;

/// <summary>What the local host keeps is for whoever runs it alone.</summary>
public sealed class PrivateFilesTests
{
    [Fact]
    public async Task Files_and_directories_of_the_data_directory_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var directory = Path.Combine(Path.GetTempPath(), "serverless-social-tests", Guid.NewGuid().ToString("N"));
        try
        {
            // As an earlier version left it.
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            await using var host = await TestHost.StartAsync(dataDirectory: directory);
            var anna = await host.SignUpAsync("anna");
            await anna.UploadedAsync(SampleImages.Png);
            await anna.Client.GetAsync("feed");

            var entries = Directory.EnumerateFileSystemEntries(directory, "*", SearchOption.AllDirectories).Append(directory).ToList();
            Assert.Contains(entries, entry => entry.EndsWith(".db-wal", StringComparison.Ordinal));
            Assert.Empty(entries.Where(IsOpen).Select(entry => Path.GetRelativePath(directory, entry)));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static bool IsOpen(string path)
    {
        const UnixFileMode Others = (UnixFileMode)0b000_111_111;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;
    }
}
