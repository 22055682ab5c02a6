using System.IO.Compression;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Exports;

/// <summary>
/// A part of the archive: one file or several. Parts are found by their type and written in the order of their names; write one for what a new
/// feature keeps of a person. It holds what is the person's own, and of others no more than where they are found, and
/// nothing that the API would not show its owner: whoever blocked them, or whose post they may not see, is not named.
/// </summary>
public interface IExportPart
{
    /// <summary>What people see while it is written.</summary>
    string Name { get; }

    /// <summary>Writes its files, page by page: nothing is collected in memory.</summary>
    Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken);
}

/// <summary>Writes the archive of an export, part by part, into a stream that is only written to.</summary>
public sealed class ExportArchive(IEnumerable<IExportPart> parts)
{
    private readonly IReadOnlyList<IExportPart> parts = [.. parts.OrderBy(part => part.GetType().Name, StringComparer.Ordinal)];

    /// <summary>Writes it.</summary>
    /// <param name="export">The export.</param>
    /// <param name="profile">Whose archive.</param>
    /// <param name="output">Where to.</param>
    /// <param name="note">Learns the part that is being written and the files written so far, now and then.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task WriteAsync(ExportDocument export, ProfileDocument profile, Stream output, Func<string, int, Task> note, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        var archive = new ArchiveWriter(zip, export, profile, note);
        foreach (var part in parts)
        {
            await archive.BeginAsync(part.Name);
            await part.WriteAsync(archive, cancellationToken);
        }
    }
}
