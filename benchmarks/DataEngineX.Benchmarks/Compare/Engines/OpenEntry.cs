using Apache.Arrow;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Data;

namespace DataEngineX.Benchmarks.Compare.Engines;

/// <summary>Opens a Delta table in a lakehouse that nobody has looked at before, and tells its rows.</summary>
internal sealed class OpenEntry(string lake) : Entry(OwnName)
{
    private ITable? _table;
    private TableSnapshot? _snapshot;

    public override async ValueTask RunAsync()
    {
        _table = await DeltaTables.Catalog(lake).FindAsync(DeltaTables.Id) ?? throw new InvalidOperationException($"There is no table in {lake}.");
        _snapshot = await _table.GetSnapshotAsync();
    }

    public override Answer ReadAnswer()
    {
        var schema = new Schema([new Field("rows", Apache.Arrow.Types.Int64Type.Default, false)], null);
        using var batch = new RecordBatch(schema, [new Int64Array.Builder().Append(_snapshot!.RowCount!.Value).Build()], 1);
        return BatchAnswer.Read([batch], AnswerShape.Default);
    }

    public override void Release() => (_table, _snapshot) = (null, null);
}
