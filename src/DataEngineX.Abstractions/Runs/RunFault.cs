namespace DataEngineX;

/// <summary>An attempt of a run that failed and was followed by another.</summary>
/// <param name="Attempt">The attempt, counted from 1.</param>
/// <param name="At">When it failed, by the host's clock.</param>
/// <param name="Error">The error in one sentence.</param>
public sealed record RunFault(int Attempt, DateTimeOffset At, string Error);
