using Apache.Arrow;
using DataEngineX;
using DataEngineX.Lakehouse.Tables;

namespace QualityCheck.Data;

/// <summary>The newest version of a Delta table, wherever its folder is.</summary>
internal sealed class DeltaData : IData
{
    private readonly ITable _table;
    private readonly TableSnapshot _snapshot;

    private DeltaData(ITable table, TableSnapshot snapshot) => (_table, _snapshot) = (table, snapshot);

    public Schema Schema => _snapshot.Schema;

    public static async Task<DeltaData> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        var table = await new DeltaFolderCatalog().OpenAsync(folder, cancellationToken);
        return new DeltaData(table, await table.GetSnapshotAsync(null, cancellationToken));
    }

    public IAsyncEnumerable<RecordBatch> ReadAsync(CancellationToken cancellationToken) =>
        _table.ScanAsync(new TableScan { Version = _snapshot.Version }, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
