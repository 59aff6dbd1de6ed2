using System.Diagnostics;
using System.Runtime.ExceptionServices;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Runs the work of an operator on the threads of its run. The first fault cancels the others and is the one thrown.</summary>
internal static class Workers
{
    /// <summary>Takes in a whole stream with one worker a thread.</summary>
    /// <param name="input">The stream; disposed at the end.</param>
    /// <param name="context">The operator's context.</param>
    /// <param name="create">Makes a worker; called for each thread that gets work, at least once.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The workers, owned by the caller; on failure they have been disposed.</returns>
    public static async ValueTask<TWorker[]> FoldAsync<TWorker>(
        BatchStream input, EngineContext context, Func<TWorker> create, CancellationToken cancellationToken)
        where TWorker : IFoldWorker
    {
        var workers = new List<TWorker>();
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var feed = new PartFeed(input, stop.Token);
            await using (feed.ConfigureAwait(false))
                await OnThreadsAsync(context.Parallelism, (_, token) => FoldPartsAsync(feed, context, Make, token), stop).ConfigureAwait(false);
            if (workers.Count == 0)
                Make();
            return [.. workers];
        }
        catch
        {
            foreach (var worker in workers)
                (worker as IDisposable)?.Dispose();
            throw;
        }

        TWorker Make()
        {
            var worker = create();
            lock (workers)
                workers.Add(worker);
            return worker;
        }
    }

    /// <summary>Runs numbered tasks, such as one a hash partition, each on one thread.</summary>
    /// <param name="context">The operator's context.</param>
    /// <param name="tasks">How many tasks.</param>
    /// <param name="body">The task; gets its number.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async ValueTask RunAsync(EngineContext context, int tasks, Func<int, CancellationToken, ValueTask> body, CancellationToken cancellationToken)
    {
        var next = -1;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await OnThreadsAsync(Math.Min(context.Parallelism, tasks), TakeTasksAsync, stop).ConfigureAwait(false);

        async Task TakeTasksAsync(int thread, CancellationToken token)
        {
            var started = Stopwatch.GetTimestamp();
            for (var task = Interlocked.Increment(ref next); task < tasks; task = Interlocked.Increment(ref next))
            {
                token.ThrowIfCancellationRequested();
                await body(task, token).ConfigureAwait(false);
            }

            context.Statistics.AddBusy(Stopwatch.GetTimestamp() - started);
        }
    }

    private static async Task FoldPartsAsync<TWorker>(PartFeed feed, EngineContext context, Func<TWorker> create, CancellationToken cancellationToken)
        where TWorker : IFoldWorker
    {
        var hasWorker = false;
        var worker = default(TWorker);
        while (await feed.NextAsync().ConfigureAwait(false) is var (part, sequence))
        {
            using (part)
            {
                if (!hasWorker)
                    (worker, hasWorker) = (create(), true);
                var started = Stopwatch.GetTimestamp();
                await foreach (var batch in part.ReadAsync(cancellationToken).ConfigureAwait(false))
                    await worker!.TakeAsync(batch, sequence++, cancellationToken).ConfigureAwait(false);
                context.Statistics.AddBusy(Stopwatch.GetTimestamp() - started);
            }
        }
    }

    /// <summary>Runs a body on so many threads and waits for all of them, also after a fault.</summary>
    private static async ValueTask OnThreadsAsync(int threads, Func<int, CancellationToken, Task> body, CancellationTokenSource stop)
    {
        ExceptionDispatchInfo? first = null;
        if (threads <= 1)
        {
            await body(0, stop.Token).ConfigureAwait(false);
            return;
        }

        var running = new Task[threads];
        for (var i = 0; i < threads; i++)
        {
            var thread = i;
            running[i] = Task.Run(() => GuardedAsync(thread), CancellationToken.None);
        }

        await Task.WhenAll(running).ConfigureAwait(false);
        first?.Throw();

        async Task GuardedAsync(int thread)
        {
            try
            {
                await body(thread, stop.Token).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // What others throw after the stop is an echo of the first fault.
                Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(e), null);
                await stop.CancelAsync().ConfigureAwait(false);
            }
        }
    }
}
