using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Takes in a stream and gives its rows in order: from memory when they fit, else by merging ordered runs from disk.</summary>
internal sealed class SortFold(SortPlan plan, EngineContext context, WholeGroups? groups = null)
{
    public async ValueTask<BatchStream> RunAsync(BatchStream input, CancellationToken cancellationToken)
    {
        var state = new SortState(plan, context);
        SortWorker[] workers;
        try
        {
            workers = await Workers.FoldAsync(input, context, () => new SortWorker(state), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            state.Dispose();
            throw;
        }

        return await FinishAsync(state, workers, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The rows that workers took in, in order; takes the workers and their state, also when this throws.</summary>
    public async ValueTask<BatchStream> FinishAsync(SortState state, SortWorker[] workers, CancellationToken cancellationToken)
    {
        try
        {
            return workers.All(w => w.Runs.Count == 0) && workers.Sum(w => w.Held.Rows) <= HeldRows.MostRows
                ? await InMemoryAsync(state, workers, cancellationToken).ConfigureAwait(false)
                : await FromDiskAsync(state, workers, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            foreach (var worker in workers)
                worker.Dispose();
            state.Dispose();
            throw;
        }
    }

    private async ValueTask<BatchStream> InMemoryAsync(SortState state, SortWorker[] workers, CancellationToken cancellationToken)
    {
        var held = workers[0].Held;
        foreach (var worker in workers.Skip(1))
            held.TakeAll(worker.Held);
        if (held.Rows == 0)
        {
            state.Dispose();
            return BatchStream.Of([]);
        }

        var ordering = RowOrdering.Take(held, state, held.Settled(), groups?.Keys);
        try
        {
            await ordering.PrepareAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            ordering.Dispose();
            throw;
        }

        var parts = Enumerable.Range(0, ordering.Parts).Select(p => BatchPart.Of(() => groups is null ? ordering.Read(p) : groups.Read(ordering, p)));
        return BatchStream.Of(parts).Owning(new Disposables(ordering, state));
    }

    private async ValueTask<BatchStream> FromDiskAsync(SortState state, SortWorker[] workers, CancellationToken cancellationToken)
    {
        var runs = new SortRuns(state, workers);
        try
        {
            await runs.FinishAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            runs.Dispose();
            throw;
        }

        var merge = runs.Merge();
        var parts = BatchStream.Of(PartsAsync(merge, state.OutputRows, cancellationToken));
        var owned = new Disposables([merge, runs, .. workers, state]);
        return groups is null ? parts.Owning(owned) : BatchStream.Of(groups.ReadMergedAsync(parts, state.Memory, cancellationToken)).Owning(owned);
    }

    private async IAsyncEnumerable<BatchPart> PartsAsync(RunMerge merge, int rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ValueTask.CompletedTask.ConfigureAwait(false);
        foreach (var merged in merge.Read(rows, new Schema(plan.Fields, null)))
        {
            if (cancellationToken.IsCancellationRequested)
                merged.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new MergedPart(merged, plan, context);
        }
    }
}
