using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Reads Parquet files of the local disk, all of them in each run. All have the columns of the first, by name.</summary>
public sealed class ParquetFileSource : BatchSource
{
    private readonly PinnedFiles _files;

    /// <summary>Creates the source.</summary>
    /// <param name="path">A file, or several when '*' or '?' stand in the last part of the path; relative paths are taken from the current folder.</param>
    public ParquetFileSource(string path) => _files = new PinnedFiles(path);

    /// <inheritdoc/>
    public override DatasetId Dataset => _files.Dataset;

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("format", "parquet");
    }

    /// <inheritdoc/>
    public override async ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken)
    {
        if (_files.List() is not [var first, ..])
            return null;
        var reader = await ParquetFileReader.OpenAsync(PinnedFiles.Open(first), first.Name, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            return reader.Schema;
    }

    /// <inheritdoc/>
    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) => ValueTask.FromResult(_files.Pin());

    /// <inheritdoc/>
    public override bool SupportsPredicate => true;

    /// <inheritdoc/>
    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await foreach (var part in PartsAsync(request, cancellationToken).ConfigureAwait(false))
        {
            using (part)
            {
                await foreach (var batch in part.ReadAsync(cancellationToken).ConfigureAwait(false))
                    yield return batch;
            }
        }
    }

    /// <inheritdoc/>
    public override BatchStream Read(ScanRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return BatchStream.Of(PartsAsync(request, cancellationToken));
    }

    private async IAsyncEnumerable<BatchPart> PartsAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new ParquetReadOptions
        {
            Columns = request.Schema,
            Predicate = request.Predicate,
            Allocator = request.Context.Allocator,
            BatchRows = request.Context.BatchRows,
        };
        foreach (var file in _files.At(request.Input))
        {
            var reader = await ParquetFileReader.OpenAsync(PinnedFiles.Open(file), file.Name, cancellationToken).ConfigureAwait(false);
            await foreach (var part in RowGroupPart.AllOf(reader, options).ConfigureAwait(false))
                yield return part;
        }
    }
}
