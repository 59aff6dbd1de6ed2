namespace DataEngineX.Quality.Reports;

/// <summary>A verdict as reports show it: masked, shortened, and with its trend.</summary>
internal sealed class ReportRule
{
    private const string Masked = "(masked)";

    private ReportRule(int number, Verdict verdict, bool isMasked, ReportOptions options)
    {
        (Number, Verdict, IsMasked) = (number, verdict, isMasked);
        string? Shown(string? text) => text is null ? null : isMasked ? Masked : ReportWords.Shorten(text, options.MaxValueLength);
        Expectation = verdict.Expectation is { } expectation ? ReportWords.Shorten(expectation, options.MaxValueLength) : null;
        Observed = Shown(verdict.Observed);
        Message = Shown(verdict.Message);
        Samples = [.. verdict.Samples.Take(options.MaxSamples).Select(s => s with { Value = Shown(s.Value) })];
    }

    /// <summary>The number of the rule in its suite, from 1.</summary>
    public int Number { get; }

    public Verdict Verdict { get; }

    /// <summary>Whether the values are kept back.</summary>
    public bool IsMasked { get; }

    public string? Expectation { get; }

    public string? Observed { get; }

    public string? Message { get; }

    public IReadOnlyList<VerdictSample> Samples { get; }

    /// <summary>What earlier checks and this one found, oldest first; this one alone where the rule is new.</summary>
    public IReadOnlyList<TrendPoint> Trend { get; private set; } = [];

    /// <summary>The outcome in words.</summary>
    public string Outcome => ReportWords.Of(Verdict.Outcome);

    /// <summary>What was found in a few words: the reason, the value observed, or the share that holds.</summary>
    public string Finding => Message ?? Observed ?? (ReportWords.Share(Verdict) is { } share ? $"{ReportWords.Percent(share)} hold" : "nothing to check");

    /// <summary>All verdicts of a report.</summary>
    public static IReadOnlyList<ReportRule> Of(QualityReport report, ReportOptions options)
    {
        var masked = options.MaskedColumns.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var rules = report.Verdicts.Select((v, i) => new ReportRule(i + 1, v, IsOfAny(v, masked), options)).ToList();
        var past = report.History.Select(static check => (Check: check, Places: Keyed(check.Verdicts))).ToList();
        foreach (var (key, at) in Keyed(report.Verdicts))
        {
            rules[at].Trend =
            [
                .. past.Where(p => p.Places.ContainsKey(key)).Select(p => new TrendPoint(p.Check.At, p.Check.Verdicts[p.Places[key]])),
                new TrendPoint(report.CheckedAt, report.Verdicts[at]),
            ];
        }

        return rules;
    }

    /// <summary>The places of verdicts by rule and column, and by how many of the same came before.</summary>
    private static Dictionary<(string Rule, string? Column, int Nth), int> Keyed(IReadOnlyList<Verdict> verdicts)
    {
        var places = new Dictionary<(string, string?, int), int>();
        var seen = new Dictionary<(string, string?), int>();
        for (var i = 0; i < verdicts.Count; i++)
        {
            var name = (verdicts[i].Rule, verdicts[i].Column);
            var nth = seen[name] = seen.GetValueOrDefault(name) + 1;
            places.Add((verdicts[i].Rule, verdicts[i].Column, nth), i);
        }

        return places;
    }

    private static bool IsOfAny(Verdict verdict, HashSet<string> masked) =>
        masked.Count > 0 && verdict.Column is { } columns && (masked.Contains(columns) || columns.Split(", ").Any(masked.Contains));
}
