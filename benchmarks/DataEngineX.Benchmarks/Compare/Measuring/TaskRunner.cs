using System.Diagnostics;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Compare.Engines;

namespace DataEngineX.Benchmarks.Compare.Measuring;

/// <summary>
/// Measures a task: every engine warms up and its answer is compared with DuckDB's, then the engines take turns, another one first
/// each time. The garbage of one run is collected before the next, outside the time taken.
/// </summary>
internal static class TaskRunner
{
    public static async Task<TaskResult> RunAsync(CompareTask task, CompareOptions options)
    {
        var entries = WithScaling(task.Entries, options);
        var results = entries.ToDictionary(e => e, e => new EntryResult(e.Engine, e.Threads));
        Answer? reference = null;
        foreach (var entry in entries)
        {
            var answer = await WarmUpAsync(entry, results[entry], reference, options.Spoil);
            reference ??= answer;
        }

        var running = entries.Where(e => results[e].Problem is null).ToList();
        for (var i = 0; i < options.Repeat; i++)
        {
            for (var k = 0; k < running.Count; k++)
            {
                var entry = running[(i + k) % running.Count];
                if (i < (entry.IsSlow ? Math.Max(1, options.Repeat / 3) : options.Repeat))
                    await RunOnceAsync(entry, results[entry], isMeasured: true);
            }
        }

        return new TaskResult(task.Name, task.Question, task.Rows, [.. results.Values]);
    }

    /// <summary>Where the speed-up is asked for, engines that take a number of threads run with one as well.</summary>
    private static IReadOnlyList<Entry> WithScaling(IReadOnlyList<Entry> entries, CompareOptions options) =>
        options.Scaling && options.Threads > 1 ? [.. entries, .. entries.Select(e => e.WithThreads(1)).OfType<Entry>()] : entries;

    /// <summary>Two runs, one of a slow engine: the first is digested.</summary>
    private static async Task<Answer?> WarmUpAsync(Entry entry, EntryResult result, Answer? reference, string? spoil)
    {
        try
        {
            Answer? answer = null;
            await RunOnceAsync(entry, result, isMeasured: false, () => answer = entry.Engine == spoil ? entry.ReadAnswer().Spoiled() : entry.ReadAnswer());
            result.AnswerRows = answer!.Rows;
            result.Problem = reference is null ? null : answer.DifferenceFrom(reference);
            if (!entry.IsSlow)
                await RunOnceAsync(entry, result, isMeasured: false);
            return answer;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            entry.Release();
            result.Problem = $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}";
            return null;
        }
    }

    private static async Task RunOnceAsync(Entry entry, EntryResult result, bool isMeasured, Action? look = null)
    {
        entry.Prepare();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var resident = ProcessMemory.ResidentBytes;
        ProcessMemory.ResetPeak();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        await entry.RunAsync();
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        result.PeakBytes = entry.PeakBytes ?? Math.Max(result.PeakBytes, ProcessMemory.PeakBytes - resident);
        if (isMeasured)
        {
            result.AllocatedBytes = Math.Min(result.AllocatedBytes, GC.GetTotalAllocatedBytes(precise: true) - allocated);
            result.Milliseconds.Add(elapsed);
        }

        look?.Invoke();
        entry.Release();
    }
}
