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
    private const int HugePage = 14;

    /// <summary>From here on (4 MB) a block asks for huge pages: it is filled from end to end, and each small page costs a fault.</summary>
    private const int LeastHuge = 4 << 20;

    /// <summary>Whether pages can be mapped here; elsewhere the heap of the system is used.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && Environment.SystemPageSize == 4096;

    public static nint Map(nint bytes)
    {
        var pages = MMap(0, bytes, ReadWrite, PrivateAnonymous, -1, 0);
        if (pages == -1)
            throw new InsufficientMemoryException($"The system has no {bytes:N0} bytes left.");

        // Where the kernel has none to give, small pages do.
        if (bytes >= LeastHuge)
            _ = MAdvise(pages, bytes, HugePage);
        return pages;
    }

    public static void Unmap(nint pages, nint bytes) => _ = MUnmap(pages, bytes);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint MMap(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MAdvise(nint address, nint length, int advice);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int MUnmap(nint address, nint length);
}
