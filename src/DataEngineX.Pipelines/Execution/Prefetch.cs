using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Apache.Arrow;

namespace DataEngineX.Pipelines;

/// <summary>Lets a producer work ahead of its consumer by a few batches, on another thread. Back-pressure is the channel's bound.</summary>
internal static class Prefetch
{
    private const int Ahead = 2;

    public static async IAsyncEnumerable<RecordBatch> Of(
        IAsyncEnumerable<RecordBatch> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<RecordBatch>(new BoundedChannelOptions(Ahead)
        {
            SingleReader = true,
            SingleWriter = true,
            FullMode = BoundedChannelFullMode.Wait,
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var producer = Task.Run(() => ProduceAsync(source, channel.Writer, stop.Token), CancellationToken.None);
        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (channel.Reader.TryRead(out var batch))
                    yield return batch;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await producer.ConfigureAwait(false);
            while (channel.Reader.TryRead(out var left))
                left.Dispose();
        }
    }

    /// <summary>Never throws: the fault travels through the channel to the consumer.</summary>
    private static async Task ProduceAsync(IAsyncEnumerable<RecordBatch> source, ChannelWriter<RecordBatch> writer, CancellationToken stop)
    {
        try
        {
            await foreach (var batch in source.WithCancellation(stop).ConfigureAwait(false))
            {
                try
                {
                    await writer.WriteAsync(batch, stop).ConfigureAwait(false);
                }
                catch
                {
                    batch.Dispose();
                    throw;
                }
            }

            writer.Complete();
        }
        catch (Exception e)
        {
            writer.Complete(e);
        }
    }
}
