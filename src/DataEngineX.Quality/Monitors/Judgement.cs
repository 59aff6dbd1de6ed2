namespace DataEngineX.Quality;

/// <summary>What a strategy makes of a value.</summary>
/// <param name="Outcome">Pass, fail, or not-evaluated with too little history.</param>
/// <param name="Lower">The least value that would have passed; null where there is none.</param>
/// <param name="Upper">The greatest value that would have passed; null where there is none.</param>
/// <param name="Reason">A sentence without a full stop.</param>
public sealed record Judgement(VerdictOutcome Outcome, double? Lower, double? Upper, string Reason);
