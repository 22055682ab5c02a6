using System.Runtime.InteropServices;

namespace ServerlessSocial.Media.Pictures;

/// <summary>
/// How the C library hands out memory to libvips. Left alone, glibc (mallopt(3)) keeps what once held pixels in a pool for each of many threads, for buffers of
/// up to 32 MB; told so, it gives every large buffer back when it is freed, and has two pools.
/// </summary>
internal static partial class NativeMemory
{
    private const int MmapThreshold = -3;
    private const int MostArenas = -8;
    private const int LargeBytes = 256 * 1024;

    /// <summary>Tells it. Where the C library is another one nothing changes.</summary>
    public static void GiveBackLargeBuffers()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(MmapThreshold, LargeBytes);
            _ = SetOption(MostArenas, 2);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no such options, and returns large buffers anyway.
        }
    }

    /// <summary>Gives back what lies free between smaller buffers. Takes a millisecond or two: once a large picture is enough.</summary>
    public static void GiveBackRest()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // musl again.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Trim(nuint keep);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOption(int option, int value);
}
