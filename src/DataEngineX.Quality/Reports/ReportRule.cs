namespace DataEngineX.Quality.Reports;

/// <summary>A verdict as reports show it: masked, shortened, and with its trend.</summary>
internal sealed class ReportRule
{
    private readonly ColumnMask _mask;
    private readonly int _maxLength;

    private ReportRule(int number, Verdict verdict, ColumnMask mask, ReportOptions options)
    {
        (Number, Verdict, _mask, _maxLength) = (number, verdict, mask, options.MaxValueLength);
        IsMasked = mask.Hides(verdict);
        Where = mask.Filter(verdict.Where);
        Expectation = verdict.Expectation is { } expectation ? ReportWords.Shorten(expectation, _maxLength) : null;
        Group = string.Join(", ", verdict.Group.Select(g => $"{g.Name} = {Shown(g)}"));
        Observed = Shown(verdict.Observed);
        Message = Shown(verdict.Message);
        Details = [.. verdict.Details.Select(d => d with { Json = Shown(d.Json)! })];
        Samples = [.. verdict.Samples.Take(options.MaxSamples).Select(s => s with { Value = Shown(s.Value), Keys = [.. s.Keys.Select(k => k with { Json = Shown(k) })] })];
        CommonValues = IsMasked ? [] : [.. verdict.CommonValues.Take(options.MaxSamples).Select(v => v with { Value = Shown(v.Value) })];
    }

    /// <summary>The number of the verdict in its report, from 1.</summary>
    public int Number { get; }

    public Verdict Verdict { get; }

    /// <summary>Whether the values are kept back.</summary>
    public bool IsMasked { get; }

    public string? Expectation { get; }

    /// <summary>The row filter in words; masked where it tells of a masked column.</summary>
    public string? Where { get; }

    /// <summary>The group the verdict is of, empty when the rule is not evaluated by group.</summary>
    public string Group { get; }

    public string? Observed { get; }

    public string? Message { get; }

    public IReadOnlyList<VerdictField> Details { get; }

    public IReadOnlyList<VerdictSample> Samples { get; }

    public IReadOnlyList<VerdictValue> CommonValues { get; }

    /// <summary>What earlier checks and this one found, oldest first; this one alone where the rule is new.</summary>
    public IReadOnlyList<TrendPoint> Trend { get; private set; } = [];

    /// <summary>The outcome in words.</summary>
    public string Outcome => ReportWords.Of(Verdict.Outcome);

    /// <summary>The rule with its columns and its group.</summary>
    public string Subject => $"{Verdict.Rule}{(Verdict.Column is { } column ? $"({column})" : "")}{(Group.Length > 0 ? $" of {Group}" : "")}";

    /// <summary>What was found in a few words: the reason, the value observed, or the share that holds.</summary>
    public string Finding => Message ?? Observed ?? (ReportWords.Share(Verdict) is { } share ? $"{ReportWords.Percent(share)} hold" : "nothing to check");

    /// <summary>All verdicts of a report.</summary>
    public static IReadOnlyList<ReportRule> Of(QualityReport report, ReportOptions options)
    {
        var mask = new ColumnMask(options.MaskedColumns);
        var rules = report.Verdicts.Select((v, i) => new ReportRule(i + 1, v, mask, options)).ToList();
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

    /// <summary>The places of verdicts by rule, column and group, and by how many of the same came before.</summary>
    private static Dictionary<(string Subject, int Nth), int> Keyed(IReadOnlyList<Verdict> verdicts)
    {
        var places = new Dictionary<(string, int), int>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < verdicts.Count; i++)
        {
            var subject = string.Join('\0', [verdicts[i].Rule, verdicts[i].Column, .. verdicts[i].Group.Select(static g => g.Json)]);
            var nth = seen[subject] = seen.GetValueOrDefault(subject) + 1;
            places.Add((subject, nth), i);
        }

        return places;
    }

    private string? Shown(string? text) => text is null ? null : IsMasked ? ColumnMask.Masked : ReportWords.Shorten(text, _maxLength);

    /// <summary>The value of a key or group, which is masked by its own column.</summary>
    private string Shown(VerdictField field) => _mask.Hides(field.Name) ? ColumnMask.Masked : ReportWords.Shorten(field.Json, _maxLength);
}
