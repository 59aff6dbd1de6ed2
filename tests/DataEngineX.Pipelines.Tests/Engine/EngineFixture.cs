using DataEngineX.Plans;

namespace DataEngineX.Pipelines.Tests.Engine;

/// <summary>Reads flows over rows held in memory; no table is needed.</summary>
internal static class EngineFixture
{
    public static DataAccess Data { get; } = new(new NoTables(), null!, TimeProvider.System, new NoServices());

    public static FlowReader Reader(int batchRows = 3, int? threads = null, long budget = 2L << 30) => Reader(
        new EngineOptions { BatchRows = batchRows, Parallelism = threads ?? Environment.ProcessorCount, MemoryBudgetBytes = budget });

    public static FlowReader Reader(EngineOptions options) => new(Data, options);

    public static Flow<T> Rows<T>(params IReadOnlyList<T> rows) => Flow.From(new RowsSource<T>("rows", rows)).As<T>();

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    private sealed class NoTables : ITableCatalog
    {
        public ValueTask<ITable?> FindAsync(DatasetId id, CancellationToken cancellationToken = default) => ValueTask.FromResult<ITable?>(null);

        public ValueTask<ITargetWriter> OpenWriterAsync(TableWriteRequest request, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("Reads write nothing.");

        public IAsyncEnumerable<DatasetId> ListAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<DatasetId>();
    }
}
