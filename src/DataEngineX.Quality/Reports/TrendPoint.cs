namespace DataEngineX.Quality.Reports;

/// <summary>What one check found of a rule.</summary>
internal readonly record struct TrendPoint(DateTimeOffset? At, Verdict Verdict)
{
    /// <summary>The height in the trend: the share that holds; of rules that count nothing 1 where they passed and 0 where they failed.</summary>
    public double? Value => Verdict.Outcome switch
    {
        VerdictOutcome.Pass => ReportWords.Share(Verdict) ?? 1,
        VerdictOutcome.Fail => ReportWords.Share(Verdict) ?? 0,
        _ => null,
    };
}
