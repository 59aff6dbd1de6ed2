using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Reads Parquet files of the local disk: all of them in each run or, incrementally, those that are new. All have the columns of the first, by name.</summary>
public sealed class ParquetFileSource : BatchSource
{
    private const int MostCounted = 32;

    private readonly string _path;
    private readonly PinnedFiles _files;
    private readonly bool _keepDictionaries;
    private readonly bool _isIncremental;

    /// <summary>Creates the source.</summary>
    /// <param name="path">A file, or several when '*' or '?' stand in the last part of the path; relative paths are taken from the current folder.</param>
    /// <param name="options">How the files are read. <value>Default: null, the defaults.</value></param>
    public ParquetFileSource(string path, ParquetScanOptions? options = null)
    {
        _path = path;
        _files = new PinnedFiles(path);
        _keepDictionaries = options?.KeepDictionaries == true;
    }

    private ParquetFileSource(ParquetFileSource whole)
    {
        _path = whole._path;
        _files = new PinnedFiles(whole._path, isIncremental: true);
        _keepDictionaries = whole._keepDictionaries;
        _isIncremental = true;
    }

    /// <inheritdoc/>
    public override DatasetId Dataset => _files.Dataset;

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("format", "parquet");
        if (_keepDictionaries)
            writer.Field("dictionaries", "kept");
    }

    /// <inheritdoc/>
    public override async ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken)
    {
        if (_files.List() is not [var first, ..])
            return null;
        var reader = await ParquetFileReader.OpenAsync(PinnedFiles.Open(first), first.Name, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            return _keepDictionaries ? reader.SchemaWithDictionaries : reader.Schema;
    }

    /// <inheritdoc/>
    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) => ValueTask.FromResult(_files.Pin(since));

    /// <inheritdoc/>
    public override string? LeaveOut(InputVersion input, IReadOnlySet<string> refused) => _files.LeaveOut(input, refused);

    /// <inheritdoc/>
    public override bool SupportsIncremental => true;

    /// <inheritdoc/>
    /// <remarks>It reads files that are new by their name, once they have not been written to for 200 ms.</remarks>
    public override BatchSource AsIncremental() => _isIncremental ? this : new ParquetFileSource(this);

    /// <inheritdoc/>
    public override bool SupportsPredicate => true;

    /// <inheritdoc/>
    public override async ValueTask<SourceSize> EstimateAsync(DataAccess data, InputVersion input, CancellationToken cancellationToken)
    {
        long rows = 0, bytes = 0, counted = 0;
        var files = _isIncremental ? _files.At(input) : _files.List();
        HashSet<string>? dictionaries = null;
        foreach (var (number, file) in files.Index())
        {
            bytes += file.Length;
            if (number >= MostCounted)
                continue;
            var reader = await ParquetFileReader.OpenAsync(PinnedFiles.Open(file), file.Name, cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                rows += reader.RowCount;
                var stored = reader.SchemaWithDictionaries.FieldsList.Where(f => f.DataType is DictionaryType).Select(f => f.Name);
                if (dictionaries is null)
                    dictionaries = [.. stored];
                else
                    dictionaries.IntersectWith(stored);
            }

            counted += file.Length;
        }

        // Of many files only some are opened; the others are taken to be as dense.
        return new SourceSize(counted == 0 ? rows : (long)(rows * ((double)bytes / counted)), bytes) { Dictionaries = dictionaries };
    }

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
            Rows = request.Context.Rows,
            Allocator = request.Context.Allocator,
            BatchRows = request.Context.BatchRows,
        };
        long rows = 0;
        foreach (var file in _files.At(request))
        {
            var reader = await ParquetFileReader.OpenAsync(PinnedFiles.Open(file), file.Name, cancellationToken).ConfigureAwait(false);
            await foreach (var part in RowGroupPart.AllOf(reader, options).ConfigureAwait(false))
            {
                rows += part.RowCount;
                yield return part;
                if (request.Predicate is null && rows >= request.RowLimit)
                    yield break;
            }
        }
    }
}
