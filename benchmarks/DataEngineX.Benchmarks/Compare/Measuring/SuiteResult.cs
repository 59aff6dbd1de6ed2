using DataEngineX.Benchmarks.Compare.Engines;

namespace DataEngineX.Benchmarks.Compare.Measuring;

/// <summary>What was measured of one suite.</summary>
internal sealed record SuiteResult(string Name, CompareOptions Options, IReadOnlyList<TaskResult> Tasks)
{
    public bool Succeeded => Tasks.All(t => t.Succeeded);

    /// <summary>Our time over DuckDB's in every task both did.</summary>
    public IReadOnlyList<double> Ratios => [.. Tasks.Select(t => t.Ratio).Where(double.IsFinite)];

    /// <summary>Speed-ups of every task that both were measured in with one thread too.</summary>
    public IReadOnlyList<(string Task, double Own, double DuckDb)> SpeedUps =>
    [
        .. Tasks.Select(t => (t.Name, Own: t.SpeedUp(Entry.OwnName), DuckDb: t.SpeedUp(Entry.DuckDbName)))
            .Where(s => double.IsFinite(s.Own) && double.IsFinite(s.DuckDb)),
    ];

    public double Geomean => GeometricMean(Ratios);

    public static double GeometricMean(IEnumerable<double> values) => Math.Exp(values.Average(Math.Log));
}
