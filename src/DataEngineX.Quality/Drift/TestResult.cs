namespace DataEngineX.Quality;

/// <summary>The result of a statistical test.</summary>
/// <param name="Statistic">The statistic.</param>
/// <param name="PValue">The probability of a statistic at least as large where nothing has changed.</param>
public readonly record struct TestResult(double Statistic, double PValue);
