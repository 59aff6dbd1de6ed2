using System.Globalization;
using System.Security.Cryptography;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Writes the data files of one run. They mean nothing before a log entry names them.</summary>
internal sealed class DataFileWriter : IAsyncDisposable
{
    private const long FileRows = 1 << 21;

    private readonly IObjectStore _store;
    private readonly string _folder;
    private readonly string _prefix;
    private readonly string _run;
    private readonly Schema _schema;
    private readonly ParquetWriteOptions _options;
    private readonly TimeProvider _clock;
    private readonly IFailpoints _failpoints;
    private readonly List<AddAction> _files = [];
    private ObjectWriter? _object;
    private ParquetFileWriter? _parquet;
    private int _number;

    /// <summary>Starts a writer; nothing is written before the first row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="runId">The run, by which files are told apart.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="allocator">The memory budget; null for none.</param>
    /// <param name="prefix">What the names of the files begin with, folders below that of the table included.</param>
    internal DataFileWriter(TableContext table, string runId, Schema schema, MemoryAllocator? allocator, string prefix = "part")
    {
        _options = new ParquetWriteOptions().Within(allocator);
        _store = table.Store;
        _folder = table.Folder;
        _prefix = prefix;

        // A run that is tried again under its id must never write over files that the first try committed.
        _run = $"{FileNameOf(runId)}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
        _schema = schema;
        _clock = table.Clock;
        _failpoints = table.Failpoints;
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
        if (_parquet is null)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{_prefix}-{_number++:D5}-{_run}.parquet");
            _object = await _store.CreateAsync($"{_folder}/{name}", cancellationToken).ConfigureAwait(false);
            _parquet = await ParquetFileWriter.CreateAsync(_object.Stream, _schema, _options, cancellationToken).ConfigureAwait(false);
            await _failpoints.HitAsync(FailpointNames.DataFileOpen, cancellationToken).ConfigureAwait(false);
        }

        await _parquet.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        Rows += batch.Length;
        if (_parquet.RowCount >= FileRows)
            await FinishFileAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes the last file.</summary>
    /// <returns>The actions that would add all files.</returns>
    internal async ValueTask<IReadOnlyList<AddAction>> FinishAsync(CancellationToken cancellationToken)
    {
        await FinishFileAsync(cancellationToken).ConfigureAwait(false);
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
                await _store.DeleteAsync($"{_folder}/{file.Path}", CancellationToken.None).ConfigureAwait(false);
            }
            catch (DataEngineXException)
            {
                // A file left over wastes room and harms nobody.
            }
        }

        _files.Clear();
    }

    public ValueTask DisposeAsync() => DropOpenAsync();

    private static string FileNameOf(string runId) =>
        string.Create(runId.Length, runId, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '-' or '.' ? text[i] : '_';
        });

    private async ValueTask FinishFileAsync(CancellationToken cancellationToken)
    {
        if (_parquet is null || _object is null)
            return;
        var statistics = await _parquet.FinishAsync(cancellationToken).ConfigureAwait(false);
        await _parquet.DisposeAsync().ConfigureAwait(false);
        _parquet = null;
        var size = await _object.CommitAsync(cancellationToken).ConfigureAwait(false);
        _files.Add(new AddAction
        {
            Path = _object.Key[(_folder.Length + 1)..],
            Size = size,
            ModificationTime = _clock.GetUtcNow().ToUnixTimeMilliseconds(),
            DataChange = true,
            Stats = FileStatsWriter.Write(_schema, statistics),
        });
        await _object.DisposeAsync().ConfigureAwait(false);
        _object = null;
    }

    private async ValueTask DropOpenAsync()
    {
        if (_parquet is not null)
            await _parquet.DisposeAsync().ConfigureAwait(false);
        _parquet = null;
        if (_object is not null)
            await _object.DisposeAsync().ConfigureAwait(false);
        _object = null;
    }
}
