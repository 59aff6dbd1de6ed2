using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Lakehouse.Text;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>A chunk of a text file: its rows are yielded, what does not fit goes to quarantine.</summary>
internal sealed class TextPart(TextFileChunk chunk, DatasetId source, ScanRequest request, string @operator, MalformedRows malformed) : BatchPart
{
    public override async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var context = request.Context;
        var rejects = new List<LineReject>();
        chunk.Open(request.Schema);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = chunk.Next(context.Allocator, rejects);
            if (rejects.Count > 0)
                await QuarantineAsync(rejects, batch, cancellationToken).ConfigureAwait(false);
            if (batch is null)
                yield break;
            yield return batch;
        }
    }

    protected override void Release() => chunk.Dispose();

    private async ValueTask QuarantineAsync(List<LineReject> rejects, RecordBatch? batch, CancellationToken cancellationToken)
    {
        try
        {
            if (malformed == MalformedRows.Stop)
                throw rejects[0].ToError();
            await RejectedRows.QuarantineAsync(rejects, @operator, source, request.Context, cancellationToken).ConfigureAwait(false);
            rejects.Clear();
        }
        catch
        {
            batch?.Dispose();
            throw;
        }
    }
}
