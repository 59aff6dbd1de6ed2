using Apache.Arrow;
using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Pipelines;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>Generated tables loaded into both engines: Arrow batches with plain utf8 here, a table in memory with VARCHAR there.</summary>
internal sealed class MemoryTables(CompareOptions options) : IDisposable
{
    private readonly List<RecordBatch> _batches = [];

    public DuckDb DuckDb { get; } = new(options.Threads);

    public OwnEngine Own { get; } = new(options.Threads);

    /// <summary>Loads a table and returns our flow over it.</summary>
    public Flow Load(string name, DataTable table, out RecordBatch[] batches)
    {
        batches = table.ReadAll();
        _batches.AddRange(batches);
        DuckDb.Load(name, table);
        return Flow.From(new BatchesSource(batches));
    }

    public void Dispose()
    {
        DuckDb.Dispose();
        foreach (var batch in _batches)
            batch.Dispose();
    }
}
