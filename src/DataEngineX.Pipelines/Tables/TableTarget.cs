using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Writes a lakehouse table.</summary>
public sealed class TableTarget : PipelineTarget
{
    private readonly WriteDisposition _disposition;
    private readonly IReadOnlyList<string> _key;

    /// <summary>Creates the target.</summary>
    /// <param name="table">The table.</param>
    /// <param name="disposition">What happens to rows that are there.</param>
    /// <param name="key">The key columns, for an upsert.</param>
    public TableTarget(DatasetId table, WriteDisposition disposition, IReadOnlyList<string>? key = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (disposition == WriteDisposition.Upsert && key is not { Count: > 0 })
            throw new PlanException($"An upsert into {table} needs a key.");
        Dataset = table;
        _disposition = disposition;
        _key = key ?? [];
    }

    /// <inheritdoc/>
    public override DatasetId Dataset { get; }

    /// <inheritdoc/>
    public override string Disposition => ColumnNames.Of(_disposition.ToString());

    /// <inheritdoc/>
    public override bool ReplacesInPart => _disposition == WriteDisposition.Replace;

    /// <inheritdoc/>
    public override bool OnlyAppends => _disposition == WriteDisposition.Append;

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (_key.Count > 0)
            writer.List("key", _key.Select(CanonicalWriter.Quote));
    }

    /// <inheritdoc/>
    public override Schema Bind(Schema flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        foreach (var column in _key)
            SchemaTools.Ordinal(flow, column, Disposition);
        return flow;
    }

    /// <inheritdoc/>
    public override async ValueTask<CommitRecord?> GetLastCommitAsync(DataAccess data, string pipeline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        var table = await data.Tables.FindAsync(Dataset, cancellationToken).ConfigureAwait(false);
        if (table is null)
            return null;
        var snapshot = await table.GetSnapshotAsync(null, cancellationToken).ConfigureAwait(false);
        return snapshot.Records.GetValueOrDefault(pipeline);
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
                Disposition = _disposition,
                Key = _key,
                Where = request.Replaces?.Condition,
                Keys = request.Replaces?.Keys,
                Record = request.Record,
                Allocator = request.Context.Allocator,
            },
            cancellationToken);
    }
}
