namespace DataEngineX.Benchmarks.Compare.Measuring;

/// <summary>What was measured of one suite.</summary>
internal sealed record SuiteResult(string Name, CompareOptions Options, IReadOnlyList<TaskResult> Tasks)
{
    public bool Succeeded => Tasks.All(t => t.Succeeded);

    /// <summary>Our time over DuckDB's in every task both did.</summary>
    public IReadOnlyList<double> Ratios => [.. Tasks.Select(t => t.Ratio).Where(double.IsFinite)];

    public double Geomean => Math.Exp(Ratios.Average(Math.Log));
}
