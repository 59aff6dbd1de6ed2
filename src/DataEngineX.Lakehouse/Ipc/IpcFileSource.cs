using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Ipc;

/// <summary>Reads Arrow IPC files of the local disk, in the file or the stream format: all of them in each run or, incrementally, those that are new. All have the columns of the first, by name.</summary>
public sealed class IpcFileSource : BatchSource
{
    private readonly string _path;
    private readonly PinnedFiles _files;
    private readonly bool _isIncremental;

    /// <summary>Creates the source.</summary>
    /// <param name="path">A file, or several when '*' or '?' stand in the last part of the path; relative paths are taken from the current folder.</param>
    public IpcFileSource(string path)
        : this(path, isIncremental: false)
    {
    }

    private IpcFileSource(string path, bool isIncremental)
    {
        _path = path;
        _files = new PinnedFiles(path, isIncremental);
        _isIncremental = isIncremental;
    }

    /// <inheritdoc/>
    public override DatasetId Dataset => _files.Dataset;

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("format", "ipc");
    }

    /// <inheritdoc/>
    public override async ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken)
    {
        if (_files.List() is not [var first, ..])
            return null;
        using var reader = await IpcReader.OpenAsync(PinnedFiles.Open(first), first.Name, MemoryAllocator.Default.Value, cancellationToken).ConfigureAwait(false);
        return new Schema(reader.Schema.FieldsList, null);
    }

    /// <inheritdoc/>
    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) => ValueTask.FromResult(_files.Pin(since));

    /// <inheritdoc/>
    public override string? LeaveOut(InputVersion input, IReadOnlySet<string> refused) => _files.LeaveOut(input, refused);

    /// <inheritdoc/>
    public override bool SupportsIncremental => true;

    /// <inheritdoc/>
    /// <remarks>It reads files that are new by their name, once they have not been written to for 200 ms.</remarks>
    public override BatchSource AsIncremental() => _isIncremental ? this : new IpcFileSource(_path, isIncremental: true);

    /// <inheritdoc/>
    public override ValueTask<SourceSize> EstimateAsync(DataAccess data, InputVersion input, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new SourceSize(null, (_isIncremental ? _files.At(input) : _files.List()).Sum(f => f.Length)));

    /// <inheritdoc/>
    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        foreach (var file in _files.At(request))
        {
            using var reader = await IpcReader.OpenAsync(PinnedFiles.Open(file), file.Name, request.Context.Allocator, cancellationToken).ConfigureAwait(false);
            await foreach (var batch in reader.ReadAsync(request.Schema, cancellationToken).ConfigureAwait(false))
                yield return batch;
        }
    }
}
