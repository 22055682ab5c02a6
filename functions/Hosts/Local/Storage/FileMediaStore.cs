using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessSocial.Platform.Blobs;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// Blobs as files under <c>media/</c> of the data directory, spread over 256 folders by the hash of their name, with the
/// media type in a file beside each. A blob appears under its name only when all of it is on the disk.
/// </summary>
internal sealed partial class FileMediaStore : IMediaStore
{
    private const string TypeSuffix = ".type";
    private readonly string root;
    private readonly string unfinished;

    /// <summary>Writers of one name take turns, so that bytes and media type belong together.</summary>
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>The blobs of a data directory. What an earlier process left unfinished is removed.</summary>
    public FileMediaStore(string dataDirectory)
    {
        root = Path.Combine(dataDirectory, "media");
        unfinished = Path.Combine(root, "unfinished");
        PrivateFiles.CreateDirectory(root);
        PrivateFiles.CreateDirectory(unfinished);
        foreach (var file in Directory.EnumerateFiles(unfinished))
        {
            File.Delete(file);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The name has other characters than <c>a-z 0-9 . _ - /</c>, or parts that are empty or begin with a dot.</exception>
    public async ValueTask WriteAsync(string name, Stream content, string contentType, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        var turn = turns[(uint)name.GetHashCode(StringComparison.Ordinal) % turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (File.Exists(path))
            {
                return;
            }

            PrivateFiles.CreateDirectory(Path.GetDirectoryName(path)!);

            // The type first: a blob that can be opened always has one.
            using var type = new MemoryStream(Encoding.UTF8.GetBytes(contentType));
            await PlaceAsync(path + TypeSuffix, type, cancellationToken);
            await PlaceAsync(path, content, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The name is not one this store accepts.</exception>
    public async ValueTask<StoredBlob?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        try
        {
            var contentType = await File.ReadAllTextAsync(path + TypeSuffix, cancellationToken);
            var file = new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous, Share = FileShare.Read | FileShare.Delete });
            return new(file, contentType, file.Length);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoredBlob?> OpenLargeAsync(string name, CancellationToken cancellationToken) => OpenAsync(name, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The name is not one this store accepts.</exception>
    public ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(name);
        if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            File.Delete(path);
            File.Delete(path + TypeSuffix);
        }

        return ValueTask.CompletedTask;
    }

    private async Task PlaceAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(unfinished, Guid.NewGuid().ToString("N"));
        try
        {
            await using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous }.Privately()))
            {
                await content.CopyToAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private string PathOf(string name)
    {
        if (!ValidName().IsMatch(name))
        {
            throw new ArgumentException($"'{name}' is not the name of a blob.", nameof(name));
        }

        // The name's own folders are flattened: only the hash decides where a file lies.
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        return Path.Combine(root, hash[..2], hash[2..34] + "-" + Path.GetFileName(name));
    }

    [GeneratedRegex(@"^(?=.{1,200}\z)[a-z0-9_-][a-z0-9_-]*(\.[a-z0-9_-]+)*(/[a-z0-9_-]+(\.[a-z0-9_-]+)*)*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ValidName();
}
