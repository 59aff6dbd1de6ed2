using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Lakehouse.Text;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>
/// Reads text files into a run: good rows become batches, bad rows go to quarantine, a worthless file is reported and the others go on,
/// an object goes to quarantine whole.
/// Rows are judged by all declared columns, whichever of them the plan wants, so that a pushed-down projection never changes what is set aside.
/// </summary>
internal sealed class TextScan(string @operator, int chunkBytes, MalformedRows malformed, TextScan.Open open)
{
    /// <summary>Opens a file for batches of at most so many rows; the stream passes to it.</summary>
    internal delegate Task<TextFile> Open(Stream stream, string name, int batchRows, CancellationToken cancellationToken);

    /// <summary>Reads files in parts: a large one in chunks, a small one as a whole.</summary>
    internal async IAsyncEnumerable<BatchPart> PartsAsync(
        IEnumerable<ScanFile> files, DatasetId source, ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            if (file.Bytes <= chunkBytes)
            {
                yield return BatchPart.Of(stop => ReadFileAsync(file, source, request, stop));
                continue;
            }

            if (await OpenAsync(file, source, request.Context, cancellationToken).ConfigureAwait(false) is not { } opened)
                continue;
            using (opened)
            {
                await foreach (var chunk in opened.ChunksAsync(cancellationToken).ConfigureAwait(false))
                    yield return new TextPart(chunk, source, request, @operator, malformed);
            }
        }
    }

    private async IAsyncEnumerable<RecordBatch> ReadFileAsync(
        ScanFile file, DatasetId source, ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await OpenAsync(file, source, request.Context, cancellationToken).ConfigureAwait(false) is not { } opened)
            yield break;
        using (opened)
        {
            await foreach (var chunk in opened.ChunksAsync(cancellationToken).ConfigureAwait(false))
            {
                using var part = new TextPart(chunk, source, request, @operator, malformed);
                await foreach (var batch in part.ReadAsync(cancellationToken).ConfigureAwait(false))
                    yield return batch;
            }
        }
    }

    private async ValueTask<TextFile?> OpenAsync(ScanFile file, DatasetId source, OperatorContext context, CancellationToken cancellationToken)
    {
        SourceRefusedException refused;
        try
        {
            var stream = await file.OpenAsync(cancellationToken).ConfigureAwait(false);
            return await open(stream, file.Name, context.BatchRows, cancellationToken).ConfigureAwait(false);
        }
        catch (SourceRefusedException e)
        {
            refused = e;
        }

        if (file.Key is { } key)
        {
            await RejectedRows.QuarantineAsync([LineReject.OfFile(refused, key)], @operator, source, context, cancellationToken).ConfigureAwait(false);
            refused = new SourceRefusedException(refused.SourceName, refused.Reason, refused.Line) { IsSetAside = true };
        }

        context.ReportRefused(refused);
        return null;
    }
}
