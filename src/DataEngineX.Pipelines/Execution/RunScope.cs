using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>What all operators of one run share: allocator, pinned inputs, row accounts, verdicts and side outputs.</summary>
internal sealed class RunScope(RunInfo run, RunParameters parameters, DataAccess data, EngineOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(DatasetId Dataset, bool IsIncremental), InputVersion> _inputs = [];
    private readonly Dictionary<string, ISideOutputWriter> _sideOutputs = new(StringComparer.Ordinal);
    private readonly List<OperatorRows> _accounts = [];
    private readonly List<Verdict> _verdicts = [];
    private readonly List<SourceRefusedException> _refused = [];

    public TrackingAllocator Allocator { get; } = new(options.MemoryBudgetBytes);

    public RunInfo Run => run;

    public RunParameters Parameters => parameters;

    public DataAccess Data => data;

    public int BatchRows => options.BatchRows;

    public int Parallelism => options.Parallelism;

    public IReadOnlyList<OperatorRows> Accounts => Locked(() => _accounts.ToArray());

    public IReadOnlyList<Verdict> Verdicts => Locked(() => _verdicts.ToArray());

    public IReadOnlyList<SourceRefusedException> Refused => Locked(() => _refused.ToArray());

    public void Pin(IEnumerable<PinnedScan> scans)
    {
        foreach (var scan in scans)
            _inputs[(scan.Input.Dataset, scan.IsIncremental)] = scan.Input;
    }

    public InputVersion InputOf(ScanNode scan) => _inputs[(scan.Source.Dataset, scan.IsIncremental)];

    public void AddSideOutput(string name, ISideOutputWriter writer) => _sideOutputs[name] = writer;

    public ISideOutputWriter SideOutput(string name) => _sideOutputs.TryGetValue(name, out var writer)
        ? writer
        : throw new InvalidOperationException($"No node of this plan declares the side output '{name}'.");

    public RowAccount AccountOf(BoundNode node)
    {
        var rows = new RowAccount();
        lock (_lock)
            _accounts.Add(new OperatorRows(node.Node.Operator, node is BoundScan, rows));
        return rows;
    }

    public void Report(IReadOnlyList<Verdict> verdicts)
    {
        lock (_lock)
            _verdicts.AddRange(verdicts);
    }

    public void ReportRefused(SourceRefusedException refused)
    {
        lock (_lock)
            _refused.Add(refused);
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
            return read();
    }
}
