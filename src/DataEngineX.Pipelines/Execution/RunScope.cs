using System.Numerics;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>What all operators of one run share: allocator, pinned inputs, row accounts, verdicts and side outputs.</summary>
internal sealed class RunScope(RunInfo run, RunParameters parameters, DataAccess data, EngineOptions options, TrackingAllocator? budget = null)
{
    private const int FewestRows = 1024;

    /// <summary>Of the budget of each thread, so much for a row of a batch: the dozen batches in flight take a tenth of it or two.</summary>
    private const int BudgetOfRow = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<(DatasetId Dataset, bool IsIncremental), InputVersion> _inputs = [];
    private readonly Dictionary<string, ISideOutputWriter> _sideOutputs = new(StringComparer.Ordinal);
    private readonly Dictionary<BoundNode, OperatorStatistics> _operators = new(ReferenceEqualityComparer.Instance);
    private readonly List<Verdict> _verdicts = [];
    private readonly List<RefusedInput> _refused = [];
    private readonly List<Func<CancellationToken, ValueTask>> _whenPublished = [];

    public LateFilters Filters { get; } = new();

    /// <summary>The keys that an incremental run by key computes anew; null when all are.</summary>
    public AffectedKeys? AffectedKeys { get; set; }

    public TrackingAllocator Allocator => Shares.Allocator;

    public MemoryShares Shares { get; } = new(budget ?? new TrackingAllocator(options.MemoryBudgetBytes));

    public string ScratchFolder => options.ScratchFolder ?? Path.GetTempPath();

    public RunInfo Run => run;

    public RunParameters Parameters => parameters;

    public DataAccess Data => data;

    public int BatchRows { get; } = BatchRowsFor(options);

    public int Parallelism => options.Parallelism;

    public IReadOnlyList<OperatorStatistics> Operators => Locked(() => _operators.Values.ToArray());

    public IReadOnlyList<Verdict> Verdicts => Locked(() => _verdicts.ToArray());

    /// <summary>What operators want done once the rows are published.</summary>
    public IReadOnlyList<Func<CancellationToken, ValueTask>> Afterwards => Locked(() => _whenPublished.ToArray());

    public IReadOnlyList<RefusedInput> Refused => Locked(() => _refused.ToArray());

    public void Pin(IEnumerable<PinnedScan> scans)
    {
        foreach (var scan in scans)
            _inputs[(scan.Input.Dataset, scan.IsIncremental)] = scan.Input;
    }

    public InputVersion InputOf(ScanNode scan) => _inputs[(scan.Source.Dataset, scan.IsIncremental)];

    public void AddSideOutput(string name, ISideOutputWriter writer) => _sideOutputs[name] = writer;

    public void WhenPublished(Func<CancellationToken, ValueTask> action)
    {
        lock (_lock)
            _whenPublished.Add(action);
    }

    public ISideOutputWriter SideOutput(string name) => _sideOutputs.TryGetValue(name, out var writer)
        ? writer
        : throw new InvalidOperationException($"No node of this plan declares the side output '{name}'.");

    public OperatorStatistics StatisticsOf(BoundNode node)
    {
        lock (_lock)
        {
            if (!_operators.TryGetValue(node, out var statistics))
                _operators[node] = statistics = new OperatorStatistics(node);
            return statistics;
        }
    }

    public void Report(IReadOnlyList<Verdict> verdicts)
    {
        lock (_lock)
            _verdicts.AddRange(verdicts);
    }

    /// <summary>Whether an input that is refused ends the read at once: nobody would hear of it later.</summary>
    public bool StopsAtRefused { get; init; }

    public void ReportRefused(RefusedInput refused)
    {
        if (StopsAtRefused)
            throw refused.Error;
        lock (_lock)
            _refused.Add(refused);
    }

    private static int BatchRowsFor(EngineOptions options)
    {
        var fitting = options.MemoryBudgetBytes / Math.Max(1, options.Parallelism) / BudgetOfRow;
        return (int)Math.Min(options.BatchRows, Math.Max(FewestRows, 1L << BitOperations.Log2((ulong)Math.Max(1, fitting))));
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
            return read();
    }
}
