namespace DataEngineX.Pipelines;

/// <summary>What the workers of one sort share: how much they hold together, and where the batches they hold were in the input.</summary>
internal sealed class SortState(SortPlan plan, EngineContext context) : IDisposable
{
    /// <summary>Bytes a row needs beside its values while it is ordered: two elements, the part it goes to and its number.</summary>
    private const int BytesOfRow = 40;

    private const int MostRuns = 64;
    private const int MostSpilledRows = 16_384;
    private const int FewestRows = 16;

    private readonly Lock _lock = new();
    private readonly List<long> _sequences = [];
    private long _held;
    private long _seenBytes;
    private long _seenRows;

    public SortPlan Plan => plan;

    public EngineContext Context => context;

    public OperatorMemory Memory { get; } = context.OpenMemory();

    /// <summary>Whether the workers hold more than the operator may, what ordering it takes included.</summary>
    public bool IsOverLimit => Interlocked.Read(ref _held) > Memory.LimitBytes;

    /// <summary>The bytes of a row on average, at least 1.</summary>
    public long RowBytes => Math.Max(1, Interlocked.Read(ref _seenBytes) / Math.Max(1, Interlocked.Read(ref _seenRows)));

    /// <summary>Rows of a batch on disk: one of each run is held when runs are merged.</summary>
    public int SpilledRows => (int)Math.Clamp(Memory.LimitBytes / (RowBytes + BytesOfRow) / (2 * MostRuns), FewestRows, MostSpilledRows);

    /// <summary>Runs that are merged at once.</summary>
    public int RunsAtOnce => (int)Math.Clamp(Memory.LimitBytes / (2 * SpilledRows * (RowBytes + BytesOfRow)), 2, MostRuns);

    /// <summary>Rows of a batch yielded: a few are in flight.</summary>
    public int OutputRows => (int)Math.Clamp(Memory.LimitBytes / 16 / (RowBytes + BytesOfRow), Math.Min(FewestRows, context.BatchRows), context.BatchRows);

    public static long BytesToOrder(long bytes, long rows) => bytes + (rows * BytesOfRow);

    public void Hold(long bytes, long rows)
    {
        Interlocked.Add(ref _held, BytesToOrder(bytes, rows));
        Interlocked.Add(ref _seenBytes, bytes);
        Interlocked.Add(ref _seenRows, rows);
    }

    public void LetGo(long bytes, long rows) => Interlocked.Add(ref _held, -BytesToOrder(bytes, rows));

    /// <summary>Remembers the place of a batch and gives it a short number.</summary>
    public int NumberOf(long sequence)
    {
        lock (_lock)
        {
            _sequences.Add(sequence);
            return _sequences.Count - 1;
        }
    }

    /// <summary>Compares the places of two rows, each the number of its batch and its row in there.</summary>
    public int ComparePlaces(long left, long right)
    {
        var order = _sequences[(int)(left >> 32)].CompareTo(_sequences[(int)(right >> 32)]);
        return order != 0 ? order : ((uint)left).CompareTo((uint)right);
    }

    public void Dispose() => Memory.Dispose();
}
