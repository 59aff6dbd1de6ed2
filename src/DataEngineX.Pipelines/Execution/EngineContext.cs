using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The context of one operator in one run; what is common to the run stands in <see cref="RunScope"/>.</summary>
internal sealed class EngineContext(RunScope scope, BoundNode node) : OperatorContext
{
    /// <summary>What this operator did so far.</summary>
    public OperatorStatistics Statistics { get; } = scope.StatisticsOf(node);

    public override MemoryAllocator Allocator => scope.Allocator;

    public override RunParameters Parameters => scope.Parameters;

    public override RunInfo Run => scope.Run;

    public override RowAccount Rows => Statistics.Rows;

    public override int BatchRows => scope.BatchRows;

    public override int Parallelism => scope.Parallelism;

    public override string ScratchFolder => scope.ScratchFolder;

    public override DataAccess Data => scope.Data;

    public override WaitingRows HoldRows(Schema schema) => new SpillingRows(this, schema);

    public override void ReportSpilled(long bytes) => Statistics.AddSpilled(bytes);

    public override ISideOutputWriter SideOutput(string name) => scope.SideOutput(name);

    public override void Report(IReadOnlyList<Verdict> verdicts) => scope.Report(verdicts);

    public override void WhenPublished(Func<CancellationToken, ValueTask> action) => scope.WhenPublished(action);

    public override void ReportRefused(SourceRefusedException refused) => scope.ReportRefused(new RefusedInput((node as BoundScan)?.Scan, refused));

    public override InputVersion? InputOf(PlanNode node) => node is ScanNode scan ? InputOf(scan) : null;

    public InputVersion InputOf(ScanNode scan) => scope.InputOf(scan);

    /// <summary>The keys that an incremental run by key computes anew; null when all are.</summary>
    public AffectedKeys? AffectedKeys => scope.AffectedKeys;

    /// <summary>Gives a scan that has not started a condition to skip by.</summary>
    public void GiveFilter(BoundScan scan, Expr filter) => scope.Filters.Add(scan, filter);

    /// <summary>The condition that operators have given a scan so far, or null.</summary>
    public Expr? FilterOf(BoundScan scan) => scope.Filters.Of(scan);

    /// <summary>Opens the operator's claim to a share of the budget, for state that it can spill.</summary>
    public OperatorMemory OpenMemory() => new(scope.Shares, Statistics);

    /// <summary>Makes a file for batches that do not fit the share; nothing is written before the first batch.</summary>
    public SpillFile CreateSpill(Schema schema) => new(schema, scope.ScratchFolder, Statistics, Allocator);
}
