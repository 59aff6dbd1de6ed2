namespace DataEngineX.Quality.Reports;

/// <summary>An earlier check of the same suite, for trends.</summary>
/// <param name="At">When.</param>
/// <param name="Verdicts">What was found.</param>
public sealed record PastCheck(DateTimeOffset At, IReadOnlyList<Verdict> Verdicts);
