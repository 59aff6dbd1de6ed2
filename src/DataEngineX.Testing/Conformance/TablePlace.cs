using Apache.Arrow;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Testing.Conformance;

/// <summary>A catalog of tables as a place of <see cref="DispositionConformance"/>.</summary>
/// <param name="catalog">The catalog, without tables.</param>
public sealed class TablePlace(ITableCatalog catalog) : DispositionPlace
{
    /// <summary>The table.</summary>
    public static DatasetId Table { get; } = DatasetId.Table(Layer.Silver, "states");

    /// <inheritdoc/>
    public override DataAccess Data { get; } = new(catalog, new InMemoryObjectStore(), TimeProvider.System, TestOperatorContext.NoServices);

    /// <inheritdoc/>
    public override DispositionTarget Target(DispositionWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return new TableTarget(Table, write.Disposition, write.Key) { Clauses = write.Clauses, History = write.History, Sequence = write.NewestBy };
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<RecordBatch> ReadAsync(Schema schema)
    {
        if (await catalog.FindAsync(Table).ConfigureAwait(false) is not { } table)
            yield break;
        await foreach (var batch in table.ScanAsync(new TableScan()).ConfigureAwait(false))
            yield return batch;
    }
}
