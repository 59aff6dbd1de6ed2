using System.Globalization;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Tables;

namespace DataEngineX.Lakehouse;

/// <summary>Writes the rows of a run to files aside and commits them by the manifest.</summary>
internal sealed class FolderWriter : ITargetWriter
{
    private readonly FolderTarget _target;
    private readonly TargetRequest _request;
    private readonly Schema _schema;
    private readonly StagedFiles _files;
    private readonly IFailpoints _failpoints;
    private bool _over;

    internal FolderWriter(FolderTarget target, TargetRequest request)
    {
        _target = target;
        _request = request;
        _schema = Dictionaries.Decode(request.Schema);
        _files = new StagedFiles(target, _schema, request.Record, request.Context.Allocator);
        _failpoints = request.Context.Data.Services.GetService(typeof(IFailpoints)) as IFailpoints ?? NoFailpoints.Instance;
    }

    /// <summary>The columns of the folder once this is written.</summary>
    /// <exception cref="PlanException">The folder has others, or other partitions.</exception>
    internal Schema Fit(FolderManifest manifest)
    {
        if (manifest.Files.Count > 0 && !manifest.PartitionColumns.SequenceEqual(_target.PartitionColumns, StringComparer.Ordinal))
        {
            throw new PlanException(
                $"{_target.Dataset}: the files of the folder lie by ({string.Join(", ", manifest.PartitionColumns)}), and those of this pipeline by ({string.Join(", ", _target.PartitionColumns)}).");
        }

        return FolderSchema.After(_target, FolderSchema.Parse(manifest.Schema), _schema, _target.Evolution | _request.Evolution);
    }

    public async ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        using (batch)
        {
            ObjectDisposedException.ThrowIf(_over, this);
            await InWordsAsync(() => _files.AddAsync(batch, cancellationToken)).ConfigureAwait(false);
        }

        await _failpoints.HitAsync(FailpointNames.DataFileOpen, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<CommitResult> CommitAsync(CommitRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ObjectDisposedException.ThrowIf(_over, this);
        _over = true;
        var files = await InWordsAsync(() => _files.FinishAsync(_target.WriteDisposition == WriteDisposition.Replace && _target.PartitionColumns.Count == 0, cancellationToken)).ConfigureAwait(false);
        await _failpoints.HitAsync(FailpointNames.DataFilesWritten, cancellationToken).ConfigureAwait(false);
        var held = await FolderLock.TakeAsync(_target.Folder, cancellationToken).ConfigureAwait(false);
        await using var open = held.ConfigureAwait(false);
        var manifest = FolderManifest.Read(_target.Folder).Settle(_target.Folder);
        if (IsDone(manifest, record))
            return new CommitResult { Version = Text(manifest.Version), AlreadyDone = true };
        var gone = manifest.Files.Where(f => Goes(f, files)).ToList();
        var next = new FolderManifest
        {
            Version = manifest.Version + 1,
            Schema = FolderSchema.Write(Fit(manifest)),
            PartitionColumns = _target.PartitionColumns,
            Files = [.. manifest.Files.Except(gone), .. files],
            Removed = [.. gone.Select(f => f.Name)],
            Records = new SortedDictionary<string, string>(manifest.Records.ToDictionary(), StringComparer.Ordinal) { [record.Pipeline] = PipelineRecords.Write(record) },
        };
        cancellationToken.ThrowIfCancellationRequested();
        await InWordsAsync(() =>
        {
            next.Write(_target.Folder);
            _files.Keep();
            return ValueTask.FromResult(0);
        }).ConfigureAwait(false);
        await _failpoints.HitAsync(FailpointNames.LogEntryWritten, CancellationToken.None).ConfigureAwait(false);
        await InWordsAsync(() => ValueTask.FromResult(next.Settle(_target.Folder))).ConfigureAwait(false);
        return new CommitResult { Version = Text(next.Version), Inserted = files.Sum(f => f.Rows), Deleted = gone.Sum(f => f.Rows) };
    }

    public ValueTask DisposeAsync()
    {
        _over = true;
        return _files.DisposeAsync();
    }

    private bool Goes(FolderFile file, IReadOnlyList<FolderFile> written) => _target.WriteDisposition switch
    {
        WriteDisposition.Replace => true,
        WriteDisposition.ReplacePartition => written.Any(f => string.Equals(f.Partition, file.Partition, StringComparison.Ordinal)),
        _ => false,
    };

    private bool IsDone(FolderManifest manifest, CommitRecord record)
    {
        if (!manifest.Records.TryGetValue(record.Pipeline, out var text))
            return false;
        var last = PipelineRecords.Parse(_target.Folder.Path, record.Pipeline, text);
        if (record.IsSameCommit(last))
            return true;
        record.DemandAfter(_target.Dataset, last, manifest.Version);
        return false;
    }

    private async ValueTask<T> InWordsAsync<T>(Func<ValueTask<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TargetFailedException(_target.Dataset, $"the folder cannot be written: {e.Message}", isTransient: false, e);
        }
    }

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);
}
