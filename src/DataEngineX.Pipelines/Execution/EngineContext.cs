using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The context of one operator in one run; what is common to the run stands in <see cref="RunScope"/>.</summary>
internal sealed class EngineContext(RunScope scope, BoundNode node) : OperatorContext
{
    private readonly RowAccount _rows = scope.AccountOf(node);

    public override MemoryAllocator Allocator => scope.Allocator;

    public override RunParameters Parameters => scope.Parameters;

    public override RunInfo Run => scope.Run;

    public override RowAccount Rows => _rows;

    public override int BatchRows => scope.BatchRows;

    public override int Parallelism => scope.Parallelism;

    public override DataAccess Data => scope.Data;

    public override ISideOutputWriter SideOutput(string name) => scope.SideOutput(name);

    public override void Report(IReadOnlyList<Verdict> verdicts) => scope.Report(verdicts);

    public override void ReportRefused(SourceRefusedException refused) => scope.ReportRefused(refused);

    public InputVersion InputOf(ScanNode scan) => scope.InputOf(scan);

    public IAsyncEnumerable<RecordBatch> Counted(IAsyncEnumerable<RecordBatch> batches, RowFlow kind) => RowCounting.Count(batches, _rows, kind);
}
