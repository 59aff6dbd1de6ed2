using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Writes a lakehouse table.</summary>
public sealed class TableTarget : DispositionTarget
{
    /// <summary>Creates the target.</summary>
    /// <param name="table">The table.</param>
    /// <param name="disposition">What happens to rows that are there.</param>
    /// <param name="key">The key columns; for <see cref="WriteDisposition.ReplacePartition"/> those that tell partitions.</param>
    public TableTarget(DatasetId table, WriteDisposition disposition, IReadOnlyList<string>? key = null)
        : base(table, disposition, key)
    {
    }

    /// <inheritdoc/>
    public override TableTarget Evolve(SchemaEvolution evolution) => (TableTarget)base.Evolve(evolution);

    /// <inheritdoc/>
    public override TableTarget PartitionFilesBy(params IReadOnlyList<string> columns) => WithPartitionColumns<TableTarget>(columns);

    /// <inheritdoc/>
    public override TableTarget NewestBy(string column) => (TableTarget)base.NewestBy(column);

    /// <inheritdoc/>
    public override ValueTask<CommitRecord?> GetLastCommitAsync(DataAccess data, string pipeline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Tables.FindRecordAsync(Dataset, pipeline, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<ITargetWriter> OpenAsync(TargetRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Context.Data.Tables.OpenWriterAsync(
            new TableWriteRequest
            {
                Table = Dataset,
                Schema = request.Schema,
                Disposition = WriteDisposition,
                Key = KeyColumns,
                Where = WhereOf(request),
                Keys = request.Replaces?.Keys,
                PartitionColumns = PartitionColumns,
                Sequence = SequenceOf(request),
                Evolution = Evolution | request.Evolution,
                Clauses = Clauses,
                History = History,
                Record = request.Record,
                Allocator = request.Context.Allocator,
            },
            cancellationToken);
    }
}
