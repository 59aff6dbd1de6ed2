using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>
/// Writes one file of the local disk, replacing it whole. It is written beside its place under another name, and takes the place at the commit;
/// the commit record is kept in the file's metadata, so a run that is repeated changes nothing.
/// </summary>
public abstract class FileTarget : PipelineTarget
{
    private readonly string _path;

    private protected FileTarget(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
        Dataset = new DatasetId(FileFolderSource.Namespace, path);
    }

    /// <inheritdoc/>
    public override DatasetId Dataset { get; }

    /// <inheritdoc/>
    public override string Disposition => "replace";

    /// <inheritdoc/>
    public override ValueTask<CommitRecord?> GetLastCommitAsync(DataAccess data, string pipeline, CancellationToken cancellationToken) =>
        FindRecordAsync(pipeline, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<ITargetWriter> OpenAsync(TargetRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var record = request.Record;
        var metadata = new Dictionary<string, string>(request.Schema.Metadata ?? new Dictionary<string, string>())
        {
            [CommitRecord.DomainOf(record.Pipeline)] = PipelineRecords.Write(record),
        };
        var file = PendingFile.Create(_path, record.RunId);
        try
        {
            var schema = new Schema(request.Schema.FieldsList, metadata);
            var encoder = await CreateAsync(file.Stream, schema, request.Context.Allocator, cancellationToken).ConfigureAwait(false);
            return new FileTargetWriter(Dataset, file, encoder, request.Context.Data.Failpoints, stop => FindRecordAsync(record.Pipeline, stop));
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private protected abstract ValueTask<IFileEncoder> CreateAsync(
        Stream stream, Schema schema, MemoryAllocator allocator, CancellationToken cancellationToken);

    /// <summary>The metadata of a file of this kind. The stream is taken over.</summary>
    private protected abstract ValueTask<IReadOnlyDictionary<string, string>> ReadMetadataAsync(
        Stream stream, string name, CancellationToken cancellationToken);

    private async ValueTask<CommitRecord?> FindRecordAsync(string pipeline, CancellationToken cancellationToken)
    {
        if (!File.Exists(_path))
            return null;
        try
        {
            var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            var metadata = await ReadMetadataAsync(stream, Path.GetFileName(_path), cancellationToken).ConfigureAwait(false);
            return metadata.TryGetValue(CommitRecord.DomainOf(pipeline), out var text) ? PipelineRecords.Parse(_path, pipeline, text) : null;
        }
        catch (MalformedDataException)
        {
            // Whatever stands there is no file of ours and will be replaced.
            return null;
        }
    }
}
