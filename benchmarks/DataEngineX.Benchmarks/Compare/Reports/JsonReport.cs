using System.Text.Json;
using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Benchmarks.Compare.Measuring;

namespace DataEngineX.Benchmarks.Compare.Reports;

/// <summary>Every figure of every run, for comparing calls with each other.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task WriteAsync(string path, IEnumerable<SuiteResult> suites)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, suites.Select(Suite), Options);
    }

    private static object Suite(SuiteResult suite) => new
    {
        suite.Name,
        suite.Options.Rows,
        suite.Options.Threads,
        suite.Options.Repeat,
        Geomean = Finite(suite.Ratios.Count == 0 ? double.NaN : suite.Geomean),
        Worst = Finite(suite.Ratios.Count == 0 ? double.NaN : suite.Ratios.Max()),
        Tasks = suite.Tasks.Select(t => new { t.Name, t.Question, t.Rows, Ratio = Finite(t.Ratio), SpeedUp = Finite(t.SpeedUp(Entry.OwnName)), SpeedUpDuckDb = Finite(t.SpeedUp(Entry.DuckDbName)), Engines = t.Entries.Select(e => Engine(e, t.Rows)) }),
    };

    private static object Engine(EntryResult entry, long rows) => new
    {
        Name = entry.Engine,
        entry.Threads,
        entry.Problem,
        MedianMs = Finite(entry.Median),
        entry.Milliseconds,
        AllocatedBytesPerRow = entry.Milliseconds.Count == 0 ? null : (double?)entry.AllocatedBytes / rows,
        entry.PeakBytes,
        entry.AnswerRows,
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
