using DataEngineX.Benchmarks.Compare.Engines;

namespace DataEngineX.Benchmarks.Compare.Measuring;

/// <summary>What was measured of one task.</summary>
internal sealed record TaskResult(string Name, string Question, long Rows, IReadOnlyList<EntryResult> Entries)
{
    public EntryResult? DuckDb => Entries.FirstOrDefault(e => e.Engine == Entry.DuckDbName);

    /// <summary>Our median over DuckDB's.</summary>
    public double Ratio => Entries.FirstOrDefault(e => e.Engine == Entry.OwnName) is { } own && DuckDb is { } peer ? own.Median / peer.Median : double.NaN;

    /// <summary>How many times faster an engine was with all threads than with one; NaN where it was not measured with one.</summary>
    public double SpeedUp(string engine) => Entries.Where(e => e.Engine == engine).ToList() is [var all, var one] ? one.Median / all.Median : double.NaN;

    public bool Succeeded => Entries.All(e => e.Problem is null);
}
