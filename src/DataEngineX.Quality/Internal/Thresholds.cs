namespace DataEngineX.Quality;

/// <summary>What the further thresholds of a rule make of its verdict.</summary>
internal static class Thresholds
{
    /// <summary>A failed threshold fails the verdict; its severity is the highest of those that failed.</summary>
    public static Verdict Apply(SuiteRule entry, Verdict verdict)
    {
        if (entry.Thresholds.Count == 0)
            return verdict;
        var reached = entry.Thresholds
            .Select(t => new VerdictThreshold(t.Severity, t.Mostly, RuleContext.Reaches(verdict.Checked, verdict.Failed, t.Mostly)))
            .ToArray();
        verdict = verdict with { Thresholds = reached };
        if (verdict.Outcome is not (VerdictOutcome.Pass or VerdictOutcome.Fail))
            return verdict;
        var failed = reached.Where(t => !t.Passed).Select(t => t.Severity).ToList();
        if (verdict.Outcome == VerdictOutcome.Fail)
            failed.Add(entry.Severity);
        return failed.Count == 0 ? verdict : verdict with { Outcome = VerdictOutcome.Fail, Severity = failed.Max() };
    }
}
