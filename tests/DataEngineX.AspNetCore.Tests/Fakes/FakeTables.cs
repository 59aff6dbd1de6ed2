using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace DataEngineX.AspNetCore.Tests;

/// <summary>Tables whose commits are batches in memory.</summary>
internal sealed class FakeTables : ITableCatalog
{
    private readonly SortedDictionary<string, FakeTable> _tables = new(StringComparer.Ordinal);

    public static DateTimeOffset Committed { get; } = new(2015, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public FakeTable Add(DatasetId id, params RecordBatch[] commits)
    {
        var table = new FakeTable(id, commits);
        _tables[id.ToString()] = table;
        return table;
    }

    public ValueTask<ITable?> FindAsync(DatasetId id, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<ITable?>(_tables.GetValueOrDefault(id.ToString()));

    public ValueTask<ITargetWriter> OpenWriterAsync(TableWriteRequest request, CancellationToken cancellationToken = default) =>
        throw new DataEngineXException("These tables are read only.");

    public async IAsyncEnumerable<DatasetId> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (var table in _tables.Values)
            yield return table.Id;
    }
}
