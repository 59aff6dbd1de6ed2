using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>A chunk of a CSV file: its rows are yielded, what does not fit goes to quarantine.</summary>
internal sealed class CsvPart(CsvFileChunk chunk, ScanRequest request) : BatchPart
{
    public override async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var context = request.Context;
        var rejects = new List<CsvReject>();
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

    private async ValueTask QuarantineAsync(List<CsvReject> rejects, RecordBatch? batch, CancellationToken cancellationToken)
    {
        try
        {
            var rows = new RejectedRows(CsvScan.Operator);
            foreach (var reject in rejects)
                rows.Add(reject.File, reject.Line, reject.Rule, reject.Column, reject.Value, reject.Reason, reject.Text);
            rejects.Clear();
            await rows.QuarantineAsync(request.Context, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            batch?.Dispose();
            throw;
        }
    }
}
