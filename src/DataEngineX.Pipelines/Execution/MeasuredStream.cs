using System.Diagnostics;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// Stands between an operator and the one that reads it and counts what passes. The time to read a part is the producer's and not the
/// reader's, in whose own time it lies.
/// </summary>
internal sealed class MeasuredStream(BatchStream inner, OperatorStatistics producer, OperatorStatistics? reader, bool isReadInPlace) : BatchStream
{
    public override async IAsyncEnumerable<BatchPart> PartsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parts = inner.PartsAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var held = parts.ConfigureAwait(false);
        while (true)
        {
            var started = Stopwatch.GetTimestamp();
            if (!await NextAsync(parts).ConfigureAwait(false))
                yield break;
            if (producer.IsSource)
                producer.AddBusy(Stopwatch.GetTimestamp() - started);
            yield return new Part(this, parts.Current);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Moves on; a fault that names no operator came from this producer, for those of its inputs were named on their way here.</summary>
    private async ValueTask<bool> NextAsync<T>(IAsyncEnumerator<T> items)
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (Faults.IsNameless(e))
        {
            throw Faults.At(producer.Operator, null, e);
        }
    }

    private void Count(RecordBatch batch)
    {
        producer.Rows.Add(RowFlow.Out, batch.Length);
        if (producer.IsSource)
            producer.Rows.Add(RowFlow.In, batch.Length);
        producer.AddOutput(BatchBytes.Of(batch));
        reader?.Rows.Add(RowFlow.In, batch.Length);
    }

    private void Took(long ticks)
    {
        producer.AddBusy(ticks);
        if (isReadInPlace)
            reader?.AddBusy(-ticks);
    }

    private sealed class Part(MeasuredStream owner, BatchPart inner) : BatchPart
    {
        public override async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var batches = inner.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using var held = batches.ConfigureAwait(false);
            while (true)
            {
                var started = Stopwatch.GetTimestamp();
                var hasNext = await owner.NextAsync(batches).ConfigureAwait(false);
                owner.Took(Stopwatch.GetTimestamp() - started);
                if (!hasNext)
                    yield break;
                owner.Count(batches.Current);
                yield return batches.Current;
            }
        }

        protected override void Release() => inner.Dispose();
    }
}
