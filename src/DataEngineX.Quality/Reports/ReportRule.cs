namespace DataEngineX.Quality.Reports;

/// <summary>A verdict as reports show it: masked, shortened, and with its trend.</summary>
internal sealed class ReportRule
{
    private const string Masked = "(masked)";
    private readonly HashSet<string> _masked;
    private readonly int _maxLength;

    private ReportRule(int number, Verdict verdict, HashSet<string> masked, ReportOptions options)
    {
        (Number, Verdict, _masked, _maxLength) = (number, verdict, masked, options.MaxValueLength);
        IsMasked = masked.Count > 0 && Columns(verdict).Any(masked.Contains);
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
        var masked = options.MaskedColumns.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var rules = report.Verdicts.Select((v, i) => new ReportRule(i + 1, v, masked, options)).ToList();
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

    /// <summary>The columns of a verdict; one that was written before verdicts listed them has them in one text.</summary>
    private static IEnumerable<string> Columns(Verdict verdict) =>
        verdict.Columns.Count > 0 ? verdict.Columns : verdict.Column is { } column ? [column, .. column.Split(", ")] : [];

    private string? Shown(string? text) => text is null ? null : IsMasked ? Masked : ReportWords.Shorten(text, _maxLength);

    /// <summary>The value of a key or group, which is masked by its own column.</summary>
    private string Shown(VerdictField field) => _masked.Contains(field.Name) ? Masked : ReportWords.Shorten(field.Json, _maxLength);
}
