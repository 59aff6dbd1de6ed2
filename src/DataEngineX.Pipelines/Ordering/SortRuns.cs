using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>The ordered runs of all workers; merged in several rounds when there are more than can be open at once.</summary>
internal sealed class SortRuns(SortState state, SortWorker[] workers) : IDisposable
{
    private readonly SortRange[] _ranges = state.Plan.NewRanges();
    private List<SpillFile> _runs = [];

    /// <summary>Puts what workers still hold on disk, then merges until few runs are left.</summary>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        await Workers.RunAsync(
            state.Context,
            workers.Length,
            (worker, _) =>
            {
                workers[worker].Spill();
                return ValueTask.CompletedTask;
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var worker in workers)
        {
            for (var k = 0; k < _ranges.Length; k++)
                _ranges[k].Add(worker.Ranges[k]);
        }

        _runs = [.. workers.SelectMany(w => w.Runs)];
        for (var atOnce = state.RunsAtOnce; _runs.Count > atOnce;)
        {
            var groups = _runs.Chunk(atOnce).ToList();
            var merged = new List<SpillFile>();
            foreach (var group in groups)
            {
                cancellationToken.ThrowIfCancellationRequested();
                merged.Add(MergeGroup(group, merged));
            }

            _runs = merged;
        }
    }

    public RunMerge Merge() => new(state, _runs, _ranges);

    public void Dispose()
    {
        foreach (var run in _runs)
            run.Dispose();
    }

    private SpillFile MergeGroup(SpillFile[] group, List<SpillFile> done)
    {
        var target = state.Context.CreateSpill(state.Plan.SpillSchema);
        try
        {
            using var merge = new RunMerge(state, group, _ranges);
            foreach (var rows in merge.Read(state.SpilledRows, state.Plan.SpillSchema))
            {
                using (rows)
                {
                    using var batch = rows.Collect();
                    target.Write(batch);
                }
            }
        }
        catch
        {
            target.Dispose();
            foreach (var run in done)
                run.Dispose();
            throw;
        }

        foreach (var run in group)
            run.Dispose();
        return target;
    }
}
