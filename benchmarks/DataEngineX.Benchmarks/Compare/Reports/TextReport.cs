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
        var reference = task.DuckDb?.Median ?? double.NaN;
        foreach (var entry in task.Entries)
        {
            var title = ReferenceEquals(entry, task.Entries[0]) ? $"{task.Name} {task.Question}" : "";
            if (entry.Milliseconds.Count == 0)
            {
                Write($"| {title} | {entry.Engine} | | | | | | {entry.Problem} |");
                continue;
            }

            Write($"| {title} | {entry.Engine} | {entry.Median:F1} | {entry.Milliseconds.Min():F1} .. {entry.Milliseconds.Max():F1} | {entry.Median / reference:F2} | {(double)entry.AllocatedBytes / task.Rows:F2} | {entry.PeakBytes / 1e6:F0} | {entry.AnswerRows:N0} rows |");
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

        var ratios = suite.Ratios;
        if (ratios.Count == 0)
            Write($"geomean dataenginex/duckdb = n/a (0 tasks, {suite.Options.Threads} threads)");
        else
            Write($"geomean dataenginex/duckdb = {suite.Geomean:F2} ({ratios.Count} tasks, worst {ratios.Max():F2}, {suite.Options.Threads} threads)");
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
