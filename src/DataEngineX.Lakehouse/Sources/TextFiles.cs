using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Text files of the local disk, with declared columns or with those that sniffing the first file finds.</summary>
internal sealed class TextFiles(string path, IFileScan? declared, Func<Stream, string, CancellationToken, Task<IFileScan>> sniff, bool isIncremental = false)
{
    private readonly PinnedFiles _files = new(path, isIncremental);
    private Sniffed? _sniffed;

    internal DatasetId Dataset => _files.Dataset;

    internal bool IsIncremental => isIncremental;

    internal string? LeaveOut(InputVersion input, IReadOnlySet<string> refused) => _files.LeaveOut(input, refused);

    internal InputVersion Pin(string? since) => _files.Pin(since);

    /// <summary>The same files as an incremental read has them.</summary>
    internal TextFiles AsIncremental() => new(path, declared, sniff, isIncremental: true);

    internal async ValueTask<Schema?> GetSchemaAsync(CancellationToken cancellationToken) =>
        declared?.Schema ?? (_files.List() is [var first, ..] ? (await SniffAsync(first, cancellationToken).ConfigureAwait(false)).Schema : null);

    internal async IAsyncEnumerable<BatchPart> PartsAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var files = _files.At(request);
        if (files.Count == 0)
            yield break;

        // Binding has sniffed the first file there is; the first new one may be another.
        var scan = declared ?? await SniffAsync(_files.List() is [var first, ..] ? first : files[0], cancellationToken).ConfigureAwait(false);
        foreach (var wanted in request.Schema.FieldsList)
        {
            var found = scan.Schema.GetFieldIndex(wanted.Name) is var i and >= 0 ? scan.Schema.GetFieldByIndex(i) : null;
            if (found is null || !ArrowTypes.Same(found.DataType, wanted.DataType))
                throw new SourceRefusedException(files[0].Name, $"it has no column '{wanted.Name}' of type {ArrowTypes.NameOf(wanted.DataType)} any more; run again");
        }

        await foreach (var part in scan.PartsAsync(files.Select(ScanFile.Of), Dataset, request, cancellationToken).ConfigureAwait(false))
            yield return part;
    }

    internal async IAsyncEnumerable<RecordBatch> RereadAsync(
        IReadOnlyList<RefusedRow> rows, ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var scan = declared
            ?? (_files.List() is [var first, ..] ? await SniffAsync(first, cancellationToken).ConfigureAwait(false) : throw new SourceRefusedException(Dataset.Name, "there is no file that would tell the columns"));
        await foreach (var batch in scan.RereadAsync(rows, Dataset, request, cancellationToken).ConfigureAwait(false))
            yield return batch;
    }

    // One state of a file is looked at once: binding and reading must see the same columns.
    private async ValueTask<IFileScan> SniffAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var mark = FolderFiles.MarkOf(file);
        if (_sniffed is { } known && known.Mark == mark)
            return known.Scan;
        using var stream = PinnedFiles.Open(file);
        var scan = await sniff(stream, file.Name, cancellationToken).ConfigureAwait(false);
        _sniffed = new Sniffed(mark, scan);
        return scan;
    }

    private sealed record Sniffed(string Mark, IFileScan Scan);
}
