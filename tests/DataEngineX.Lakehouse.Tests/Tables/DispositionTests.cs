using DataEngineX.Lakehouse.Storage;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Testing;
using DataEngineX.Testing.Conformance;

namespace DataEngineX.Lakehouse.Tests.Tables;

public sealed class DeltaDispositionTests : DispositionConformance, IDisposable
{
    private readonly TempFolder _folder = new();
    private int _opened;

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<DispositionPlace> OpenAsync() => ValueTask.FromResult<DispositionPlace>(
        new TablePlace(new DeltaTableCatalog(new LocalObjectStore(_folder[$"lake{_opened++}"]), TimeProvider.System, NoFailpoints.Instance)));
}

/// <summary>The same where changed rows are hidden by deletion vectors and told in a change data feed.</summary>
public sealed class VectorDispositionTests : DispositionConformance
{
    protected override ValueTask<DispositionPlace> OpenAsync() => ValueTask.FromResult<DispositionPlace>(
        new TablePlace(new DeltaTableCatalog(new InMemoryObjectStore(), TimeProvider.System, NoFailpoints.Instance)));

    protected override async ValueTask PrepareAsync(DispositionPlace place) => await (await place.Data.Tables.FindAsync(TablePlace.Table))!.ApplyAsync(new SetProperties(new Dictionary<string, string?>
    {
        ["delta.enableDeletionVectors"] = "true",
        ["delta.enableChangeDataFeed"] = "true",
    }));
}

/// <summary>The same where each commit deals its rows out to partitions.</summary>
public sealed class PartitionedDispositionTests : DispositionConformance
{
    protected override ValueTask<DispositionPlace> OpenAsync() => ValueTask.FromResult<DispositionPlace>(
        new TablePlace(new PartitioningCatalog(new DeltaTableCatalog(new InMemoryObjectStore(), TimeProvider.System, NoFailpoints.Instance))));

    private sealed class PartitioningCatalog(ITableCatalog inner) : ITableCatalog
    {
        public ValueTask<ITable?> FindAsync(DatasetId id, CancellationToken cancellationToken = default) => inner.FindAsync(id, cancellationToken);

        public ValueTask<ITargetWriter> OpenWriterAsync(TableWriteRequest request, CancellationToken cancellationToken = default) =>
            inner.OpenWriterAsync(request with { PartitionColumns = ["part"] }, cancellationToken);

        public IAsyncEnumerable<DatasetId> ListAsync(CancellationToken cancellationToken = default) => inner.ListAsync(cancellationToken);
    }
}

public sealed class InMemoryDispositionTests : DispositionConformance, IAsyncDisposable
{
    private readonly List<InMemoryLakehouse> _lakes = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var lake in _lakes)
            await lake.DisposeAsync();
    }

    protected override ValueTask<DispositionPlace> OpenAsync()
    {
        _lakes.Add(new InMemoryLakehouse(static _ => { }));
        return ValueTask.FromResult<DispositionPlace>(new TablePlace(_lakes[^1].Tables));
    }
}
