using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Lakehouse.Text;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Reads refused records again, as files are read now. What is refused once more goes back to quarantine with the reason that it has now.</summary>
/// <param name="operator">The operator that reads.</param>
/// <param name="quote">The character around fields, or null.</param>
/// <param name="headerOf">The line of a header, by its names.</param>
/// <param name="open">Opens a text, with or without a header.</param>
internal sealed class TextReread(string @operator, char? quote, Func<IReadOnlyList<string>, string> headerOf, TextReread.Open open)
{
    /// <summary>Opens a text for batches of at most so many rows; the stream passes to it.</summary>
    internal delegate Task<TextFile> Open(Stream stream, string name, bool hasHeader, int batchRows, CancellationToken cancellationToken);

    internal async IAsyncEnumerable<RecordBatch> ReadAsync(
        IReadOnlyList<RefusedRow> rows, DatasetId source, ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var text in RefusedText.Group(rows, quote))
        {
            var (opened, refused) = await OpenAsync(text, request, cancellationToken).ConfigureAwait(false);
            if (opened is null)
            {
                await RejectedRows.QuarantineAsync(text.Refuse(refused!), @operator, source, request.Context, cancellationToken).ConfigureAwait(false);
                continue;
            }

            using (opened)
            {
                long seen = 0;
                await foreach (var chunk in opened.ChunksAsync(cancellationToken).ConfigureAwait(false))
                {
                    using (chunk)
                    {
                        chunk.Open(request.Schema);
                        var rejects = new List<LineReject>();
                        while (chunk.Next(request.Context.Allocator, rejects) is var batch && (batch is not null || rejects.Count > 0))
                        {
                            seen += (batch?.Length ?? 0) + rejects.Count;
                            await SetAsideAsync(text, rejects, batch, source, request.Context, cancellationToken).ConfigureAwait(false);
                            if (batch is null)
                                break;
                            yield return InItsPlace(text, batch, request.Context);
                        }
                    }
                }

                // What counts as a comment by now, or as blank, is no row any more.
                if (seen < text.Rows.Count)
                {
                    request.Context.Rows.Add(RowFlow.In, text.Rows.Count - seen);
                    request.Context.Rows.Add(RowFlow.Filtered, text.Rows.Count - seen);
                }
            }
        }
    }

    private async ValueTask<(TextFile? Opened, string? Refused)> OpenAsync(RefusedText text, ScanRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var stream = text.Open(text.Header is null ? null : headerOf(text.Header));
            return (await open(stream, text.File, text.Header is not null, request.Context.BatchRows, cancellationToken).ConfigureAwait(false), null);
        }
        catch (SourceRefusedException refused)
        {
            return (null, refused.Message);
        }
    }

    private async ValueTask SetAsideAsync(
        RefusedText text, List<LineReject> rejects, RecordBatch? batch, DatasetId source, OperatorContext context, CancellationToken cancellationToken)
    {
        if (rejects.Count == 0)
            return;
        try
        {
            var hasHeader = text.Header is not null;
            var placed = rejects.ConvertAll(r => r with { Line = text.LineOf(r.Line, hasHeader), Header = text.Header });
            await RejectedRows.QuarantineAsync(placed, @operator, source, context, cancellationToken).ConfigureAwait(false);
            rejects.Clear();
        }
        catch
        {
            batch?.Dispose();
            throw;
        }
    }

    /// <summary>The rows with the lines on which they stood in their file.</summary>
    private static RecordBatch InItsPlace(RefusedText text, RecordBatch batch, OperatorContext context)
    {
        var place = batch.Schema.GetFieldIndex(RowOrigin.LineColumn);
        if (place < 0)
            return batch;
        using (batch)
        {
            var found = (Int64Array)batch.Column(place);
            var lines = new Int64Array.Builder().Reserve(found.Length);
            for (var row = 0; row < found.Length; row++)
                lines.Append(text.LineOf(found.Values[row], text.Header is not null));
            return new RecordBatch(
                batch.Schema,
                batch.Schema.FieldsList.Select((_, i) => i == place ? lines.Build(context.Allocator) : ArrowArrayFactory.BuildArray(batch.Column(i).Data.Retain())),
                batch.Length);
        }
    }
}
