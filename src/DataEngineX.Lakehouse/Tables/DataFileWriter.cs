using System.Globalization;
using System.Security.Cryptography;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Writes the data files of one run, of a partitioned table those of each partition. They mean nothing before a log entry names them.</summary>
internal sealed class DataFileWriter : IAsyncDisposable
{
    private const long FileRows = 1 << 21;

    private readonly TableContext _table;
    private readonly string _folder;
    private readonly string _prefix;
    private readonly string _run;
    private readonly PartitionLayout _layout;
    private readonly TableSchema? _names;
    private readonly Schema _stored;
    private readonly Schema _counted;
    private readonly ParquetWriteOptions _options;
    private readonly PartitionSplit? _split;
    private readonly List<AddAction> _files = [];
    private readonly Dictionary<int, OpenDataFile> _open = [];
    private int _number;

    /// <summary>Starts a writer; nothing is written before the first row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="runId">The run, by which files are told apart.</param>
    /// <param name="schema">The columns of the rows.</param>
    /// <param name="partitionedBy">The columns by which the table is partitioned.</param>
    /// <param name="allocator">The memory budget; null for none.</param>
    /// <param name="folder">The folder below that of the table, with a slash at its end.</param>
    /// <param name="prefix">What the names of the files begin with.</param>
    /// <param name="names">The columns of the table, where its files may know them by other names.</param>
    /// <param name="numbers">Columns behind those of the rows that keep numbers of rows; null for none.</param>
    internal DataFileWriter(
        TableContext table, string runId, Schema schema, IReadOnlyList<string> partitionedBy, MemoryAllocator? allocator, string folder = "", string prefix = "part",
        TableSchema? names = null, RowNumberColumns? numbers = null)
    {
        _table = table;
        _folder = folder;
        _prefix = prefix;
        // A run that is tried again under its id must never write over files that the first try committed.
        _run = $"{FileNameOf(runId)}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
        var whole = numbers is null ? schema : new Schema([.. schema.FieldsList, .. numbers.OfFiles], null);
        _layout = new PartitionLayout(whole, partitionedBy);
        _names = names;
        _stored = StoredColumns.Of(_layout.Stored, names);

        // Of numbers of rows nobody asks which file has them.
        _counted = numbers is null ? _stored : new Schema([.. _stored.FieldsList.SkipLast(numbers.OfFiles.Count)], null);
        _options = new ParquetWriteOptions().Within(allocator, _layout.IsPartitioned ? PartitionSplit.FilesWithin(allocator) : 1);
        if (_layout.IsPartitioned)
            _split = new PartitionSplit(table, whole, partitionedBy, _layout, allocator ?? MemoryAllocator.Default.Value);
    }

    /// <summary>The rows taken.</summary>
    internal long Rows { get; private set; }

    /// <summary>Whether a data file was written by a run.</summary>
    internal static bool IsOf(string path, string runId) => path.Contains($"-{FileNameOf(runId)}-", StringComparison.Ordinal);

    /// <summary>Writes rows.</summary>
    /// <param name="batch">Borrowed; in the form of the table.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    internal async ValueTask WriteAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Length == 0)
            return;
        Rows += batch.Length;
        if (_split is null)
            await WriteAsync(0, batch, cancellationToken).ConfigureAwait(false);
        else
            await _split.WriteAsync(batch, WritePartitionAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes the last files.</summary>
    /// <returns>The actions that would add all files.</returns>
    internal async ValueTask<IReadOnlyList<AddAction>> FinishAsync(CancellationToken cancellationToken)
    {
        await CloseAsync(cancellationToken).ConfigureAwait(false);
        if (_split is not null)
        {
            await _split.WriteRestAsync(WritePartitionAsync, CloseAsync, cancellationToken).ConfigureAwait(false);
            await CloseAsync(cancellationToken).ConfigureAwait(false);
        }

        return _files;
    }

    /// <summary>Deletes the files written, as far as that works: without a log entry nobody sees them.</summary>
    internal async ValueTask DeleteAsync()
    {
        await DropOpenAsync().ConfigureAwait(false);
        foreach (var file in _files)
        {
            try
            {
                await _table.Store.DeleteAsync($"{_table.Folder}/{DeltaPaths.Decode(file.Path)}", CancellationToken.None).ConfigureAwait(false);
            }
            catch (DataEngineXException)
            {
                // A file left over wastes room and harms nobody.
            }
        }

        _files.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await DropOpenAsync().ConfigureAwait(false);
        if (_split is not null)
            await _split.DisposeAsync().ConfigureAwait(false);
    }

    private static string FileNameOf(string runId) =>
        string.Create(runId.Length, runId, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '-' or '.' ? text[i] : '_';
        });

    private async ValueTask WritePartitionAsync(int partition, RecordBatch rows, CancellationToken cancellationToken)
    {
        await WriteAsync(partition, rows, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask WriteAsync(int partition, RecordBatch rows, CancellationToken cancellationToken)
    {
        if (!_open.TryGetValue(partition, out var file))
        {
            var values = _layout.ValuesAt(rows, 0);
            var path = string.Create(CultureInfo.InvariantCulture, $"{_folder}{_layout.FolderOf(values)}{_prefix}-{_number++:D5}-{_run}.parquet");
            _open[partition] = file = await OpenDataFile.CreateAsync(
                _table, path, _stored, _counted, StoredColumns.Of(values, _names), _options, cancellationToken).ConfigureAwait(false);
            await _table.Failpoints.HitAsync(FailpointNames.DataFileOpen, cancellationToken).ConfigureAwait(false);
        }

        if (_layout.IsPartitioned)
        {
            using var stored = _layout.Strip(rows);
            await file.WriteAsync(stored, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await file.WriteAsync(rows, cancellationToken).ConfigureAwait(false);
        }

        if (file.Rows >= FileRows)
            await CloseAsync(partition, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        foreach (var partition in _open.Keys.ToList())
            await CloseAsync(partition, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask CloseAsync(int partition, CancellationToken cancellationToken)
    {
        var file = _open[partition];
        _files.Add(await file.FinishAsync(cancellationToken).ConfigureAwait(false));
        _open.Remove(partition);
        await file.DisposeAsync().ConfigureAwait(false);
        await _table.Failpoints.HitAsync(FailpointNames.DataFileClosed, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask DropOpenAsync()
    {
        foreach (var file in _open.Values)
            await file.DisposeAsync().ConfigureAwait(false);
        _open.Clear();
    }
}
