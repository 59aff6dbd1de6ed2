using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Lakehouse.Parquet.Reading;

namespace DataEngineX.Lakehouse.Parquet;

/// <summary>Reads one Parquet file into Arrow batches.</summary>
/// <remarks>
/// Row groups are independent: several threads may read different ones at once. Columns without nesting are decoded page by page as batches
/// are asked for; lists, structs and maps are decoded for a whole row group at a time. Timestamps of every unit become microseconds, finer ones
/// rounded down. Pages packed by LZO, encrypted files and levels in the encoding that went out of use are refused.
/// </remarks>
public sealed class ParquetFileReader : IAsyncDisposable
{
    private readonly ParquetFile _file;

    private ParquetFileReader(ParquetFile file) => _file = file;

    /// <summary>The file's name, as it appears in errors.</summary>
    public string Name => _file.Name;

    /// <summary>The columns that can be read, with the Arrow types their values have. Decimals of more than 38 digits are bytes, the highest first.</summary>
    public Schema Schema => _file.Schema;

    /// <summary>The rows of the file.</summary>
    public long RowCount => _file.Metadata.RowCount;

    /// <summary>The row groups of the file.</summary>
    public int RowGroupCount => _file.Metadata.RowGroups.Count;

    /// <summary>What the writer of the file noted in it, by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _file.Metadata.Pairs;

    /// <summary>The columns as in <see cref="Schema"/>, but texts that all row groups store behind dictionaries as <c>dictionary&lt;int32, utf8&gt;</c>.</summary>
    public Schema SchemaWithDictionaries => _file.SchemaWithDictionaries();

    /// <summary>What was read so far and what was left out.</summary>
    public ParquetReadCounts Counts => _file.Counts;

    /// <summary>Opens a file by reading its footer.</summary>
    /// <param name="stream">A seekable stream; the reader disposes it, also when opening fails. A <see cref="FileStream"/> is read by its handle, by several threads at once.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="cancellationToken">Stops the open.</param>
    /// <returns>The reader.</returns>
    /// <exception cref="MalformedDataException">It is not a Parquet file, or is damaged.</exception>
    public static async Task<ParquetFileReader> OpenAsync(Stream stream, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return new ParquetFileReader(await ParquetFile.OpenAsync(ParquetInput.Of(stream), name, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads the row groups one after another.</summary>
    /// <param name="options">What is read; everything when null.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>Batches, never empty ones, each from one row group; the consumer owns each.</returns>
    /// <exception cref="DataEngineXException">A column is stored in a form that the wanted type cannot take, or is damaged.</exception>
    public async IAsyncEnumerable<RecordBatch> ReadAsync(
        ParquetReadOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var g = 0; g < RowGroupCount; g++)
        {
            await foreach (var batch in ReadRowGroupAsync(g, options, cancellationToken).ConfigureAwait(false))
                yield return batch;
        }
    }

    /// <summary>Reads one row group.</summary>
    /// <param name="rowGroup">Its number, from 0.</param>
    /// <param name="options">What is read; everything when null.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>Batches, never empty ones, none when the condition leaves nothing; the consumer owns each.</returns>
    /// <exception cref="DataEngineXException">A column is stored in a form that the wanted type cannot take, or is damaged.</exception>
    public IAsyncEnumerable<RecordBatch> ReadRowGroupAsync(
        int rowGroup, ParquetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowGroup);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rowGroup, RowGroupCount);
        options ??= new ParquetReadOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BatchRows, nameof(options));
        return new RowGroupReader(_file, rowGroup, options).ReadAsync(cancellationToken);
    }

    internal ParquetFile File => _file;

    internal long RowCountOf(int rowGroup) => _file.Metadata.RowGroups[rowGroup].RowCount;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
