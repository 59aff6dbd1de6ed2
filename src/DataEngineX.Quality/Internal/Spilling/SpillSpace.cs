using System.Buffers;
using Apache.Arrow.Memory;
using DataEngineX.Pipelines;

namespace DataEngineX.Quality;

/// <summary>
/// The memory of what rules keep of all rows, and the file it goes to when it becomes too much: one for all rules of a run. The file has no name,
/// so that nothing stays behind. Thread-safe.
/// </summary>
internal sealed class SpillSpace : IDisposable
{
    /// <summary>What is kept in memory where no budget is known.</summary>
    private const long UnknownBudget = 2L << 30;

    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly long _limit;
    private FileStream? _file;
    private long _end;
    private long _held;

    /// <param name="allocator">Where memory comes from; a tracking one tells its budget, of which a third is for what is kept.</param>
    /// <param name="folder">Where the file goes; null for the system's temporary folder.</param>
    public SpillSpace(MemoryAllocator allocator, string? folder = null)
    {
        Allocator = allocator;
        _folder = folder ?? Path.GetTempPath();
        var budget = allocator is TrackingAllocator { BudgetBytes: < long.MaxValue } tracking ? tracking.BudgetBytes : UnknownBudget;
        _limit = budget / 3;
    }

    public MemoryAllocator Allocator { get; }

    /// <summary>Whether more is kept in memory than should be: who adds now puts aside what it has.</summary>
    public bool IsFull => Interlocked.Read(ref _held) > _limit;

    /// <summary>The bytes that may be kept in memory beside those that are; below zero when it is full.</summary>
    public long Left => _limit - Interlocked.Read(ref _held);

    /// <summary>The bytes put aside so far.</summary>
    public long SpilledBytes
    {
        get
        {
            lock (_lock)
                return _end;
        }
    }

    public IMemoryOwner<byte> Take(int length)
    {
        var memory = Allocator.Allocate(length);
        Interlocked.Add(ref _held, length);
        return memory;
    }

    public void GiveBack(IMemoryOwner<byte> memory, int length)
    {
        memory.Dispose();
        Interlocked.Add(ref _held, -length);
    }

    /// <summary>Appends bytes to the file.</summary>
    /// <returns>Where they stand.</returns>
    /// <exception cref="SpillException">The disk is full or the folder cannot be written.</exception>
    public long Write(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            try
            {
                _file ??= ScratchFile.Create(_folder);
                RandomAccess.Write(_file.SafeFileHandle, bytes, _end);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
            {
                throw new SpillException(CheckNode.OperatorName, _folder, e);
            }

            var offset = _end;
            _end += bytes.Length;
            return offset;
        }
    }

    /// <summary>Reads bytes back.</summary>
    public void Read(long offset, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int read;
            try
            {
                read = RandomAccess.Read(_file!.SafeFileHandle, bytes, offset);
            }
            catch (IOException e)
            {
                throw new SpillException(CheckNode.OperatorName, _folder, e);
            }

            if (read == 0)
                throw new SpillException(CheckNode.OperatorName, _folder, new EndOfStreamException());
            bytes = bytes[read..];
            offset += read;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }
}
