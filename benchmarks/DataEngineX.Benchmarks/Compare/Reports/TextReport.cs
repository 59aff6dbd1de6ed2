using System.Globalization;
using System.Runtime.InteropServices;
using DataEngineX.Benchmarks.Compare.Measuring;

namespace DataEngineX.Benchmarks.Compare.Reports;

/// <summary>The table on the console, in Markdown; each task's lines appear as soon as it is measured.</summary>
internal static class TextReport
{
    public static void Begin(string suite, CompareOptions options)
    {
        Write($"{suite}: {options.Rows:N0} rows, {options.Threads} threads, {options.Repeat} interleaved runs; {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors");
        Write($"");
        Write($"| task | engine | median ms | least .. most | ratio to duckdb | bytes allocated a row | peak MB | answer |");
        Write($"|---|---|---:|---:|---:|---:|---:|---|");
    }

    public static void Show(TaskResult task)
    {
        foreach (var entry in task.Entries)
        {
            var title = ReferenceEquals(entry, task.Entries[0]) ? $"{task.Name} {task.Question}" : "";
            var reference = (task.Entries.FirstOrDefault(e => e.Engine == Engines.Entry.DuckDbName && e.Threads == entry.Threads) ?? task.DuckDb)?.Median ?? double.NaN;
            var engine = task.Entries.Count(e => e.Engine == entry.Engine) > 1 ? $"{entry.Engine}, {entry.Threads} threads" : entry.Engine;
            if (entry.Milliseconds.Count == 0)
            {
                Write($"| {title} | {engine} | | | | | | {entry.Problem} |");
                continue;
            }

            Write($"| {title} | {engine} | {entry.Median:F1} | {entry.Milliseconds.Min():F1} .. {entry.Milliseconds.Max():F1} | {entry.Median / reference:F2} | {(double)entry.AllocatedBytes / task.Rows:F2} | {entry.PeakBytes / 1e6:F0} | {entry.AnswerRows:N0} rows |");
        }
    }

    public static void End(SuiteResult suite)
    {
        Write($"");
        foreach (var task in suite.Tasks)
        {
            foreach (var entry in task.Entries.Where(e => e.Problem is not null))
                Write($"{suite.Name} {task.Name} {entry.Engine}: {entry.Problem}");
        }

        foreach (var (engine, why, tasks) in PeerLimits.Of(suite))
            Write($"{engine} takes no part in {tasks}: {why}");
        ShowSpeedUps(suite);
        var ratios = suite.Ratios;
        if (ratios.Count == 0)
            Write($"geomean dataenginex/duckdb = n/a (0 tasks, {suite.Options.Threads} threads)");
        else
            Write($"geomean dataenginex/duckdb = {suite.Geomean:F2} ({ratios.Count} tasks, worst {ratios.Max():F2}, {suite.Options.Threads} threads)");
    }

    private static void ShowSpeedUps(SuiteResult suite)
    {
        if (suite.SpeedUps is not { Count: > 0 } speedUps)
            return;
        Write($"| task | speed-up of dataenginex, 1 to {suite.Options.Threads} threads | of duckdb | quotient |");
        Write($"|---|---:|---:|---:|");
        foreach (var (task, own, duckDb) in speedUps)
            Write($"| {task} | {own:F2} | {duckDb:F2} | {own / duckDb:F2} |");
        var (ours, theirs) = (SuiteResult.GeometricMean(speedUps.Select(s => s.Own)), SuiteResult.GeometricMean(speedUps.Select(s => s.DuckDb)));
        Write($"| geometric mean | {ours:F2} | {theirs:F2} | {ours / theirs:F2} |");
        Write($"");
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
