using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// Reads a stream on several threads and yields its batches in order. Each part has a lane, a channel of few batches; lanes are taken in the
/// order of the parts, and few are open at once: that is the back-pressure.
/// </summary>
internal static class OrderedReader
{
    private const int LanesPerThread = 2;
    private const int BatchesInLane = 2;

    public static IAsyncEnumerable<RecordBatch> ReadAsync(BatchStream stream, int threads, CancellationToken cancellationToken) =>
        threads <= 1 ? ReadOnThisThreadAsync(stream, cancellationToken) : ReadOnThreadsAsync(stream, threads, cancellationToken);

    private static async IAsyncEnumerable<RecordBatch> ReadOnThisThreadAsync(
        BatchStream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var held = stream.ConfigureAwait(false);
        await foreach (var part in stream.PartsAsync(cancellationToken).ConfigureAwait(false))
        {
            using (part)
            {
                await foreach (var batch in part.ReadAsync(cancellationToken).ConfigureAwait(false))
                    yield return batch;
            }
        }
    }

    private static async IAsyncEnumerable<RecordBatch> ReadOnThreadsAsync(
        BatchStream stream, int threads, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lanes = Channel.CreateBounded<Channel<RecordBatch>>(threads * LanesPerThread);
        var feed = new PartFeed(stream, stop.Token);
        var workers = new Task[threads];
        for (var i = 0; i < threads; i++)
            workers[i] = Task.Run(() => WorkAsync(feed, lanes.Writer, stop.Token), CancellationToken.None);
        var finished = CompleteAsync(workers, lanes.Writer);
        Channel<RecordBatch>? open = null;
        try
        {
            await foreach (var lane in lanes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                open = lane;
                await foreach (var batch in lane.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                    yield return batch;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await finished.ConfigureAwait(false);
            DrainLane(open);
            while (lanes.Reader.TryRead(out var left))
                DrainLane(left);
            await feed.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Never throws: a fault of a part travels in its lane, one between parts in the channel of lanes, so that order holds for faults too.</summary>
    private static async Task WorkAsync(PartFeed feed, ChannelWriter<Channel<RecordBatch>> lanes, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var lane = Channel.CreateBounded<RecordBatch>(
                    new BoundedChannelOptions(BatchesInLane) { SingleReader = true, SingleWriter = true });
                if (await feed.NextAsync((_, token) => lanes.WriteAsync(lane, token)).ConfigureAwait(false) is not var (part, _))
                    return;
                await FillAsync(part, lane.Writer, stop).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            lanes.TryComplete(e);
        }
    }

    private static async Task FillAsync(BatchPart part, ChannelWriter<RecordBatch> lane, CancellationToken stop)
    {
        try
        {
            using (part)
            {
                await foreach (var batch in part.ReadAsync(stop).ConfigureAwait(false))
                {
                    try
                    {
                        await lane.WriteAsync(batch, stop).ConfigureAwait(false);
                    }
                    catch
                    {
                        batch.Dispose();
                        throw;
                    }
                }
            }

            lane.Complete();
        }
        catch (Exception e)
        {
            lane.Complete(e);
        }
    }

    private static async Task CompleteAsync(Task[] workers, ChannelWriter<Channel<RecordBatch>> lanes)
    {
        await Task.WhenAll(workers).ConfigureAwait(false);
        lanes.TryComplete();
    }

    private static void DrainLane(Channel<RecordBatch>? lane)
    {
        while (lane is not null && lane.Reader.TryRead(out var batch))
            batch.Dispose();
    }
}
