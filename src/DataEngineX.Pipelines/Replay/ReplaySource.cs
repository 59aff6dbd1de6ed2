using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Something that a replay reads in place of what a run reads: rows that stand in the quarantine of the pipeline.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="rows">The columns of the rows.</param>
internal abstract class ReplaySource(string pipeline, Schema rows) : BatchSource
{
    private const string NoVersion = "-";

    public override DatasetId Dataset { get; } = DatasetId.Table(Layer.Quarantine, pipeline);

    public override bool SupportsIncremental => true;

    /// <summary>The columns of the rows.</summary>
    public Schema Rows { get; } = rows;

    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => ValueTask.FromResult<Schema?>(Rows);

    /// <summary>All rows that stand in the quarantine now; the position only tells whether anything has changed since the last replay.</summary>
    public override async ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken)
    {
        var table = await data.Tables.FindAsync(Dataset, cancellationToken).ConfigureAwait(false);
        if (table is null)
            return new InputVersion(Dataset, NoVersion, null, HasData: false);
        var snapshot = await table.GetSnapshotAsync(null, cancellationToken).ConfigureAwait(false);
        var position = snapshot.Version.ToString(CultureInfo.InvariantCulture);
        return new InputVersion(Dataset, position, null, snapshot.RowCount is not 0 && position != since);
    }

    public override async ValueTask<string?> IdentifyAsync(DataAccess data, string position, CancellationToken cancellationToken)
    {
        if (position == NoVersion || await data.Tables.FindAsync(Dataset, cancellationToken).ConfigureAwait(false) is not { } table)
            return null;
        return await table.IdentifyAsync(long.Parse(position, CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads columns of the quarantine, texts but for the line, at the version of the run.</summary>
    protected async IAsyncEnumerable<RecordBatch> ScanAsync(
        ScanRequest request, IReadOnlyList<string>? columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = await request.Context.Data.Tables.FindAsync(Dataset, cancellationToken).ConfigureAwait(false)
            ?? throw new DataEngineXException($"{Dataset} was there when the run was planned and is gone.");
        var scan = new TableScan
        {
            Version = long.Parse(request.Input.Position, CultureInfo.InvariantCulture),
            Columns = columns,
            Allocator = request.Context.Allocator,
            BatchRows = request.Context.BatchRows,
        };
        await foreach (var batch in table.ScanAsync(scan, cancellationToken).ConfigureAwait(false))
            yield return batch;
    }
}
