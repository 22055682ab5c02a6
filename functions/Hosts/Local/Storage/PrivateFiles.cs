namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// Files and directories that are for whoever runs the host alone (0700 and 0600). Windows has no such modes: there the directory's own access
/// list says who may read.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode OfFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OfDirectories = OfFiles | UnixFileMode.UserExecute;

    /// <summary>Creates a directory, or makes one that is there private.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (Directory.Exists(path))
        {
            File.SetUnixFileMode(path, OfDirectories);
        }
        else
        {
            Directory.CreateDirectory(path, OfDirectories);
        }
    }

    /// <summary>
    /// Creates the data directory. One that is there is made private if it is empty or a data directory already: whoever names another by
    /// mistake shall not find it closed to others.
    /// </summary>
    /// <param name="path">The directory.</param>
    /// <param name="database">A file that only data directories have.</param>
    public static void CreateDataDirectory(string path, string database)
    {
        if (!Directory.Exists(path) || File.Exists(Path.Combine(path, database)) || !Directory.EnumerateFileSystemEntries(path).Any())
        {
            CreateDirectory(path);
        }
    }

    /// <summary>Creates a file, empty, or makes one that is there private. What SQLite puts beside a database gets the modes of that.</summary>
    public static void Touch(string path)
    {
        using (new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite }.Privately()))
        {
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OfFiles);
        }
    }

    /// <summary>The options, so that a file that they create is private.</summary>
    public static FileStreamOptions Privately(this FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OfFiles;
        }

        return options;
    }
}
