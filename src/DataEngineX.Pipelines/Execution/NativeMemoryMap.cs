using System.Runtime.InteropServices;

namespace DataEngineX.Pipelines;

/// <summary>
/// Pages from the kernel. What is given back leaves the process at once, which an allocator over a heap does not promise: the C library raises
/// the size from which it maps to that of the largest block it saw freed, up to 32 MB, and holes between smaller blocks stay resident.
/// </summary>
internal static unsafe partial class NativeMemoryMap
{
    private const int ReadWrite = 0x1 | 0x2;
    private const int PrivateAnonymous = 0x2 | 0x20;

    /// <summary>Whether pages can be mapped here; elsewhere the heap of the system is used.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && Environment.SystemPageSize == 4096;

    public static nint Map(nint bytes)
    {
        var pages = MMap(0, bytes, ReadWrite, PrivateAnonymous, -1, 0);
        return pages != -1 ? pages : throw new InsufficientMemoryException($"The system has no {bytes:N0} bytes left.");
    }

    public static void Unmap(nint pages, nint bytes) => _ = MUnmap(pages, bytes);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint MMap(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int MUnmap(nint address, nint length);
}
