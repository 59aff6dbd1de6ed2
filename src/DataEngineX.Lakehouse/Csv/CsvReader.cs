using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>
/// Reads a CSV file (RFC 4180) into Arrow batches. Opening reads the whole file once and refuses one that is empty, binary, cut off or
/// lacks a column, so that no row of a worthless file is ever yielded; rows that do not fit are handed to a callback while the others go on.
/// </summary>
public sealed class CsvReader : IAsyncDisposable
{
    private readonly CsvFile _file;
    private bool _read;

    private CsvReader(CsvFile file)
    {
        _file = file;
        var fields = new List<Field>(file.Header.Columns.FieldsList);
        if (file.Options.OriginColumns)
        {
            fields.Add(new Field(RowOrigin.FileColumn, StringType.Default, nullable: false));
            fields.Add(new Field(RowOrigin.LineColumn, Int64Type.Default, nullable: false));
        }

        Schema = new Schema(fields, null);
    }

    /// <summary>The file's name, as it appears in errors, rejects and <see cref="RowOrigin.FileColumn"/>.</summary>
    public string Name => _file.Name;

    /// <summary>The columns of the batches, origin columns included.</summary>
    public Schema Schema { get; }

    /// <summary>The names of the file's header, or of the declared columns where there is no header.</summary>
    public IReadOnlyList<string> Header => _file.Header.Names;

    /// <summary>How many rows were put into batches so far.</summary>
    public long RowsAccepted { get; private set; }

    /// <summary>How many rows were handed to the reject callback so far.</summary>
    public long RowsRejected { get; private set; }

    /// <summary>Opens a file and, unless <see cref="CsvReadOptions.CheckFirst"/> is false, checks it from end to end.</summary>
    /// <param name="stream">A stream, seekable when the file is checked first; the reader disposes it, also when opening fails.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="options">How to read; the defaults when null.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>The reader.</returns>
    /// <exception cref="SourceRefusedException">The file is worthless as a whole.</exception>
    /// <exception cref="ArgumentException">The stream cannot seek, or the options do not fit together.</exception>
    public static async Task<CsvReader> OpenAsync(
        Stream stream, string name, CsvReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new CsvReader(await CsvFile.OpenAsync(stream, name, options ?? new CsvReadOptions(), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads all rows. Can be called once.</summary>
    /// <param name="allocator">Where the buffers of the batches come from; Arrow's default when null.</param>
    /// <param name="onReject">Told of each row that was set aside, in file order, before the batch that would have held it is yielded.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>Batches of at most <see cref="CsvReadOptions.BatchRows"/> rows, never empty ones; the consumer owns each.</returns>
    public async IAsyncEnumerable<RecordBatch> ReadAsync(
        MemoryAllocator? allocator = null, Action<CsvReject>? onReject = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (_read)
            throw new InvalidOperationException($"{Name} was already read; open it again.");
        _read = true;
        allocator ??= MemoryAllocator.Default.Value;
        var rejects = new List<CsvReject>();
        await foreach (var chunk in _file.ChunksAsync(cancellationToken).ConfigureAwait(false))
        {
            using (chunk)
            {
                chunk.Open(Schema);
                while (true)
                {
                    var batch = chunk.Next(allocator, rejects);
                    Tell(rejects, onReject);
                    if (batch is null)
                        break;
                    RowsAccepted += batch.Length;
                    yield return batch;
                }
            }
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Tell(List<CsvReject> rejects, Action<CsvReject>? onReject)
    {
        RowsRejected += rejects.Count;
        if (onReject is not null)
            rejects.ForEach(onReject);
        rejects.Clear();
    }
}
