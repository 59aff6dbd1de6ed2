using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Lakehouse.Tables;

namespace DataEngineX.Lakehouse;

/// <summary>
/// The files of a run before they have their places: one a partition, or more where rows of very many partitions come in turn, because only so many files
/// are open at a time.
/// </summary>
internal sealed class StagedFiles : IAsyncDisposable
{
    /// <summary>No run writes a single file for so long.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(2);

    private readonly FolderTarget _target;
    private readonly MemoryAllocator _allocator;
    private readonly PartitionLayout _layout;
    private readonly GroupIndex? _index;
    private readonly string _run;
    private readonly string _aside;
    private readonly List<string> _partitions = [];
    private readonly Dictionary<int, OpenFile> _open = [];
    private readonly List<FolderFile> _done = [];
    private readonly int _mostOpen;
    private int _begun;
    private long _uses;
    private bool _isKept;

    internal StagedFiles(FolderTarget target, Schema schema, CommitRecord record, MemoryAllocator allocator)
    {
        _target = target;
        _allocator = allocator;
        _layout = new PartitionLayout(schema, target.PartitionColumns);
        _index = _layout.IsPartitioned ? new GroupIndex(_layout.Types, allocator) : null;
        // Steps of one run are commits of their own, so its id alone tells files not apart.
        _run = $"{string.Concat(record.RunId.Where(char.IsAsciiLetterOrDigit))}-{Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..8]}";
        _aside = $"{FolderManifest.Folder}/{_run}";
        _mostOpen = PartitionSplit.FilesWithin(allocator);
    }

    /// <summary>Deletes what runs that died long ago left aside.</summary>
    internal static void Clean(FileFolder folder)
    {
        var aside = new DirectoryInfo(Path.Combine(folder.Path, FolderManifest.Folder));
        if (!aside.Exists)
            return;
        var old = TimeProvider.System.GetUtcNow().UtcDateTime - Forgotten;
        foreach (var left in aside.EnumerateDirectories().Where(d => d.LastWriteTimeUtc < old))
        {
            try
            {
                left.Delete(recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody looks at it; the next run tries again.
            }
        }
    }

    /// <summary>Writes rows, which it borrows.</summary>
    internal async ValueTask<int> AddAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        using var plain = Dictionaries.Decode(batch, _allocator);
        if (_index is null)
        {
            await WriteAsync(0, plain, cancellationToken).ConfigureAwait(false);
            return 0;
        }

        var rows = PartitionSplit.RowsOf(_index, _layout, plain, out var partitions);
        for (int from = 0, to; from < rows.Length; from = to)
        {
            for (to = from + 1; to < rows.Length && partitions[to] == partitions[from];)
                to++;
            if (partitions[from] == _partitions.Count)
                _partitions.Add(FolderOf(plain, rows[from]));
            using var part = Selection.Take(plain, rows.AsSpan(from, to - from), _allocator);
            using var stripped = _layout.Strip(part);
            await WriteAsync(partitions[from], stripped, cancellationToken).ConfigureAwait(false);
        }

        return 0;
    }

    /// <summary>Completes all files.</summary>
    /// <param name="atLeastOne">Whether a file without rows is written where there are none, so that readers find columns.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async ValueTask<IReadOnlyList<FolderFile>> FinishAsync(bool atLeastOne, CancellationToken cancellationToken)
    {
        if (atLeastOne && _begun == 0)
            await BeginAsync(0, cancellationToken).ConfigureAwait(false);
        foreach (var partition in _open.Keys.ToList())
            await EndAsync(partition, cancellationToken).ConfigureAwait(false);
        return _done;
    }

    /// <summary>The files are named by a manifest: they are not to be deleted any more.</summary>
    internal void Keep() => _isKept = true;

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _open.Values)
            await file.DisposeAsync().ConfigureAwait(false);
        _open.Clear();
        _index?.Dispose();
        var folder = Path.Combine(_target.Folder.Path, _aside);
        if (Directory.Exists(folder) && (!_isKept || !Directory.EnumerateFileSystemEntries(folder).Any()))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>The folder of a partition. A value whose name would be cut or is empty could not be read back from it.</summary>
    private string FolderOf(RecordBatch batch, int row)
    {
        var folder = _layout.FolderOf(_layout.ValuesAt(batch, row));
        return folder.Contains('~', StringComparison.Ordinal) && _layout.ValuesAt(batch, row).Any(v => v.Value?.Length > 90)
            ? throw new DataEngineXException($"{_target.Dataset}: a value of the partition columns ({string.Join(", ", _target.PartitionColumns)}) is too long for the name of a folder.")
            : folder;
    }

    private async ValueTask WriteAsync(int partition, RecordBatch rows, CancellationToken cancellationToken)
    {
        if (!_open.TryGetValue(partition, out var file))
        {
            if (_open.Count >= _mostOpen)
                await EndAsync(_open.MinBy(f => f.Value.Used).Key, cancellationToken).ConfigureAwait(false);
            file = await BeginAsync(partition, cancellationToken).ConfigureAwait(false);
        }

        file.Used = ++_uses;
        file.Rows += rows.Length;
        await file.Encoder.WriteAsync(rows, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<OpenFile> BeginAsync(int partition, CancellationToken cancellationToken)
    {
        var format = _target.Folder.Format;
        var number = _begun++;
        var name = string.Create(CultureInfo.InvariantCulture, $"{(_index is null ? "" : _partitions[partition])}part-{_run}-{number:D5}{format.Extension}");
        var staged = string.Create(CultureInfo.InvariantCulture, $"{_aside}/{number:D5}{format.Extension}.tmp");
        var path = Path.Combine(_target.Folder.Path, staged);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        try
        {
            return _open[partition] = new OpenFile(name, staged, stream, await format.CreateAsync(stream, _layout.Stored, _allocator, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask EndAsync(int partition, CancellationToken cancellationToken)
    {
        _open.Remove(partition, out var file);
        await using var open = file!.ConfigureAwait(false);
        await file!.Encoder.FinishAsync(cancellationToken).ConfigureAwait(false);
        await file.Stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        file.Stream.Flush(flushToDisk: true);
        _done.Add(new FolderFile(file.Name, file.Rows) { Staged = file.Staged });
    }

    private sealed class OpenFile(string name, string staged, FileStream stream, IFileEncoder encoder) : IAsyncDisposable
    {
        internal string Name => name;

        internal string Staged => staged;

        internal FileStream Stream => stream;

        internal IFileEncoder Encoder => encoder;

        internal long Rows { get; set; }

        internal long Used { get; set; }

        public async ValueTask DisposeAsync()
        {
            await encoder.DisposeAsync().ConfigureAwait(false);
            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }
}
