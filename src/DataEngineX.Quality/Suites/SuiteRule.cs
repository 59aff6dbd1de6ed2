using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>A rule in a suite, with its name, tolerance, row filter and severity.</summary>
public sealed record SuiteRule
{
    private readonly double? _mostly;
    private readonly IReadOnlyList<RuleThreshold> _thresholds = [];

    /// <summary>Creates the entry.</summary>
    /// <param name="rule">The rule.</param>
    public SuiteRule(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Rule = rule;
    }

    /// <summary>The rule.</summary>
    public Rule Rule { get; internal init; }

    /// <summary>The name in verdicts. <value>Default: null, the rule's own.</value></summary>
    public string? Name { get; init; }

    /// <summary>How much a failure matters. <value>Default: <see cref="Severity.Error"/>.</value></summary>
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>The share of the checked rows that must hold, 0 to 1, both included. <value>Default: null, all.</value></summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not between 0 and 1.</exception>
    public double? Mostly
    {
        get => _mostly;
        init => _mostly = value is null or (>= 0 and <= 1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"Mostly for rule '{Rule.Name}' must be a share from 0 to 1.");
    }

    /// <summary>Further thresholds, each with a severity of its own. <value>Default: none.</value></summary>
    public IReadOnlyList<RuleThreshold> Thresholds
    {
        get => _thresholds;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (var threshold in value)
            {
                if (threshold.Mostly is not (>= 0 and <= 1))
                    throw new ArgumentOutOfRangeException(nameof(value), threshold.Mostly, $"A threshold of rule '{Rule.Name}' must be a share from 0 to 1.");
            }

            _thresholds = value;
        }
    }

    /// <summary>The columns by which the rule is evaluated: each group has a verdict of its own. <value>Default: none.</value></summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];

    /// <summary>Labels, for reports and selection; they change no verdict. <value>Default: none.</value></summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The expectation of Great Expectations this rule was made from; it changes no verdict. <value>Default: null.</value></summary>
    public GreatExpectation? Imported { get; init; }

    /// <summary>Only rows for which this is true are checked. <value>Default: null, all rows.</value></summary>
    public Expr? Where { get; init; }

    /// <summary>The columns in one text, as verdicts and quarantine name them; null for a rule on the whole dataset.</summary>
    public string? Column => Rule.Columns.Count == 0 ? null : string.Join(", ", Rule.Columns);

    /// <summary>The canonical text.</summary>
    public override string ToString()
    {
        var writer = new CanonicalWriter()
            .Field("name", Name)
            .Field("where", Where)
            .Field("mostly", Mostly?.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        if (Severity != Severity.Error)
            writer.Field("severity", Severity.ToString());
        if (Thresholds.Count > 0)
            writer.List("thresholds", Thresholds.Select(t => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{t.Severity}={t.Mostly:R}")));
        if (GroupBy.Count > 0)
            writer.List("group_by", GroupBy.Select(CanonicalWriter.Quote));
        return Rule.Canonical + writer;
    }
}
