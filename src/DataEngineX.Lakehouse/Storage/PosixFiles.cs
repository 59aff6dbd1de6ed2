using System.Runtime.InteropServices;

namespace DataEngineX.Lakehouse.Storage;

/// <summary>The three system calls that .NET does not offer: hard link, rename without replacing, and flushing a directory.</summary>
internal static partial class PosixFiles
{
    private const int ErrExists = 17;
    private const int AtCurrentDirectory = -100;
    private const uint RenameNoReplace = 1;

    /// <summary>Publishes a finished temporary file under a name that must be free. False when the name is taken.</summary>
    internal static bool TryPublish(string temporary, string target)
    {
        if (Link(temporary, target) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        if (error == ErrExists)
            return false;

        // Some mounted file systems have no hard links; Linux offers an equally atomic rename there.
        if (OperatingSystem.IsLinux())
        {
            if (RenameAt2(AtCurrentDirectory, temporary, AtCurrentDirectory, target, RenameNoReplace) == 0)
                return true;
            if (Marshal.GetLastPInvokeError() == ErrExists)
                return false;
        }

        throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} (error {error})");
    }

    /// <summary>Makes the names in a directory survive a crash of the machine.</summary>
    internal static void FlushDirectory(string directory)
    {
        var handle = Open(directory, 0);
        if (handle < 0)
            throw new IOException($"{Marshal.GetLastPInvokeErrorMessage()} (opening directory '{directory}')");
        try
        {
            // EINVAL (22) is how file systems without directory flushing say so: there is nothing to wait for.
            if (FSync(handle) != 0 && Marshal.GetLastPInvokeError() != 22)
                throw new IOException($"{Marshal.GetLastPInvokeErrorMessage()} (flushing directory '{directory}')");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string added);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int oldDirectory, string oldPath, int newDirectory, string newPath, uint flags);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
