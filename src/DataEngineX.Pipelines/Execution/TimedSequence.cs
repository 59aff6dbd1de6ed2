using System.Diagnostics;
using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace DataEngineX.Pipelines;

/// <summary>Adds or takes off the time a sequence takes to move on, for operators that know no parts.</summary>
internal static class TimedSequence
{
    public static async IAsyncEnumerable<RecordBatch> Of(
        IAsyncEnumerable<RecordBatch> batches, OperatorStatistics statistics, int sign, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var each = batches.GetAsyncEnumerator(cancellationToken);
        await using var held = each.ConfigureAwait(false);
        while (true)
        {
            var started = Stopwatch.GetTimestamp();
            var hasNext = await each.MoveNextAsync().ConfigureAwait(false);
            statistics.AddBusy(sign * (Stopwatch.GetTimestamp() - started));
            if (!hasNext)
                yield break;
            yield return each.Current;
        }
    }
}
