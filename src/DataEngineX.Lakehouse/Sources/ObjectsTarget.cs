using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>
/// Keeps received files as they are: each distinct content becomes one object named by its SHA-256 and one row of the raw table
/// (<see cref="RawManifest"/>). A content that is there already counts as unchanged.
/// </summary>
public sealed class ObjectsTarget : PipelineTarget
{
    private readonly TableTarget _manifest;

    /// <summary>Creates the target.</summary>
    /// <param name="table">The table of the manifest; objects lie below it.</param>
    public ObjectsTarget(DatasetId table)
    {
        ArgumentNullException.ThrowIfNull(table);
        Dataset = table;
        _manifest = new TableTarget(table, WriteDisposition.Append);
    }

    /// <inheritdoc/>
    public override DatasetId Dataset { get; }

    /// <inheritdoc/>
    public override string Disposition => "ingest";

    /// <inheritdoc/>
    public override bool MayMissInputs => true;

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
    }

    /// <inheritdoc/>
    public override Schema Bind(Schema flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        foreach (var wanted in FileFolderSource.Schema.FieldsList)
        {
            var found = flow.FieldsList.FirstOrDefault(f => f.Name == wanted.Name);
            if (found is null || !ArrowTypes.Same(found.DataType, wanted.DataType))
            {
                throw new PlanException(
                    $"{Dataset} takes received files: the flow needs a column '{wanted.Name}' of type {ArrowTypes.NameOf(wanted.DataType)}"
                    + (found is null ? "." : $", not {ArrowTypes.NameOf(found.DataType)}."),
                    Disposition, wanted.Name);
            }
        }

        return RawManifest.Schema;
    }

    /// <inheritdoc/>
    public override ValueTask<CommitRecord?> GetLastCommitAsync(DataAccess data, string pipeline, CancellationToken cancellationToken) =>
        _manifest.GetLastCommitAsync(data, pipeline, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<ITargetWriter> OpenAsync(TargetRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var known = await KnownDigestsAsync(request.Context, cancellationToken).ConfigureAwait(false);
        var manifest = await _manifest.OpenAsync(request with { Schema = RawManifest.Schema }, cancellationToken).ConfigureAwait(false);
        return new ObjectsWriter(Dataset, request.Context, manifest, known);
    }

    private async ValueTask<HashSet<string>> KnownDigestsAsync(OperatorContext context, CancellationToken cancellationToken)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        if (await context.Data.Tables.FindAsync(Dataset, cancellationToken).ConfigureAwait(false) is not { } table)
            return known;
        var scan = new TableScan { Columns = [RawManifest.Digest], Allocator = context.Allocator };
        await foreach (var batch in table.ScanAsync(scan, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                var digests = (StringArray)batch.Column(0);
                for (var i = 0; i < digests.Length; i++)
                    known.Add(digests.GetString(i));
            }
        }

        return known;
    }
}
