using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace DataEngineX.Hosting.Tests.Support;

/// <summary>Tables whose newest version a test sets.</summary>
internal sealed class TestTables : ITableCatalog
{
    private readonly Dictionary<DatasetId, (long Version, Func<RecordBatch[]> Rows)> _tables = [];

    public int Scans { get; private set; }

    public void Set(DatasetId id, long version, Func<RecordBatch[]> rows) => _tables[id] = (version, rows);

    public ValueTask<ITable?> FindAsync(DatasetId id, CancellationToken cancellationToken = default) =>
        new(_tables.TryGetValue(id, out var table) ? new Table(this, id, table.Version, table.Rows) : null);

    public ValueTask<ITargetWriter> OpenWriterAsync(TableWriteRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Tests of the host write no tables.");

    public IAsyncEnumerable<DatasetId> ListAsync(CancellationToken cancellationToken = default) => _tables.Keys.ToAsyncEnumerable();

    private sealed class Table(TestTables owner, DatasetId id, long version, Func<RecordBatch[]> rows) : ITable
    {
        public DatasetId Id => id;

        public ValueTask<TableSnapshot> GetSnapshotAsync(long? asked = null, CancellationToken cancellationToken = default) => new(new TableSnapshot
        {
            Id = id,
            Version = version,
            Schema = new Schema([], null),
            RowCount = 0,
            FileCount = 0,
            Bytes = 0,
            Records = new Dictionary<string, CommitRecord>(),
        });

        public async IAsyncEnumerable<RecordBatch> ScanAsync(TableScan scan, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            owner.Scans++;
            await Task.Yield();
            foreach (var batch in rows())
                yield return batch;
        }

        public IAsyncEnumerable<TableCommit> GetHistoryAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<TableCommit>();
    }
}
