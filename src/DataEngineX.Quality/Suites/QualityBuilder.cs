using DataEngineX.Expressions;

namespace DataEngineX.Quality;

/// <summary>Writes a suite over column names. Each rule is followed by what applies to it: <c>Mostly</c>, <c>Where</c>, a severity, a name.</summary>
public sealed partial class QualityBuilder
{
    private readonly List<SuiteRule> _rules = [];
    private Gate _gate = Gate.Stop;
    private NothingToCheck _nothing;
    private bool _nanIsMissing;
    private string? _name;
    private IReadOnlyList<string> _keyColumns = [];
    private int _maxSamples = RuleContext.DefaultMaxSamples;
    private int _last;

    /// <summary>Every row has a value in each of the columns: one rule a column.</summary>
    /// <param name="columns">The columns, at least one.</param>
    public QualityBuilder NotNull(params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            throw new ArgumentException("NotNull needs at least one column.", nameof(columns));
        return Add([.. columns.Select(c => new NotNullRule(c))]);
    }

    /// <summary>No two rows have the same values in the columns; every copy violates the rule.</summary>
    /// <param name="columns">The key columns, at least one.</param>
    public QualityBuilder Unique(params IReadOnlyList<string> columns) => Add(new UniqueRule(columns));

    /// <summary>Values lie between two bounds.</summary>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder Between(string column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Add(new BetweenRule(column, min, max, strictMin, strictMax));

    /// <summary>Values are not below a bound.</summary>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound.</param>
    public QualityBuilder AtLeast(string column, object min) => Add(new BetweenRule(column, min, null));

    /// <summary>Values are not above a bound.</summary>
    /// <param name="column">The column.</param>
    /// <param name="max">The upper bound.</param>
    public QualityBuilder AtMost(string column, object max) => Add(new BetweenRule(column, null, max));

    /// <summary>Values are among given ones.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">The values.</param>
    public QualityBuilder InSet(string column, params IEnumerable<object?> values) => Add(new InSetRule(column, values));

    /// <summary>Values are none of given ones.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">The values.</param>
    public QualityBuilder NotInSet(string column, params IEnumerable<object?> values) => Add(new InSetRule(column, values, negated: true));

    /// <summary>A regular expression matches somewhere in each value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="pattern">The regular expression; without lookaround and back-references.</param>
    public QualityBuilder Regex(string column, string pattern) => Add(new RegexRule(column, pattern));

    /// <summary>A condition holds for each row; rows for which it is null are not checked.</summary>
    /// <param name="condition">The condition.</param>
    public QualityBuilder Satisfies(Expr condition) => Add(new SatisfiesRule(condition));

    /// <summary>The number of rows lies between two bounds, both included.</summary>
    /// <param name="min">The fewest rows; null for any.</param>
    /// <param name="max">The most rows. <value>Default: null, any.</value></param>
    public QualityBuilder RowCount(long? min, long? max = null) => Add(new RowCountRule(min, max));

    /// <summary>The newest time in a column is at most a span older than the run's clock; times after the clock are left out.</summary>
    /// <param name="column">The column with the time of the event.</param>
    /// <param name="span">How old the newest may be.</param>
    public QualityBuilder FreshWithin(string column, TimeSpan span) => Add(new FreshnessRule(column, span));

    /// <summary>A rule of one's own.</summary>
    /// <param name="rule">The rule.</param>
    public QualityBuilder Add(Rule rule) => Add([rule]);

    /// <summary>The last rule passes when at least this share of the checked rows holds. A quarantine sets the others aside all the same.</summary>
    /// <param name="share">0 to 1, both included.</param>
    public QualityBuilder Mostly(double share) => Change(r => r with { Mostly = share });

    /// <summary>A further threshold of the last rule, such as a warning below 0.99 beside an error below 0.9.</summary>
    /// <param name="severity">How much it matters when the share is not reached.</param>
    /// <param name="share">The share of the checked rows that must hold, 0 to 1, both included.</param>
    public QualityBuilder Threshold(Severity severity, double share) =>
        Change(r => r with { Thresholds = [.. r.Thresholds, new RuleThreshold(severity, share)] });

    /// <summary>The last rule is held against the dates and times that the texts of its columns say; see <see cref="TextTimesRule"/>.</summary>
    public QualityBuilder TextsAsTimes() => Change(r => r with { Rule = new TextTimesRule(r.Rule) });

    /// <summary>The last rule is evaluated for each group of rows by itself, and each group has a verdict of its own.</summary>
    /// <param name="columns">The columns whose values make the groups, at least one.</param>
    public QualityBuilder PerGroup(params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            throw new ArgumentException("PerGroup needs at least one column.", nameof(columns));
        return Change(r => r with { GroupBy = columns });
    }

    /// <summary>The last rule has these labels in verdicts.</summary>
    /// <param name="tags">The labels.</param>
    public QualityBuilder Tagged(params IReadOnlyList<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return Change(r => r with { Tags = [.. r.Tags, .. tags] });
    }

    /// <summary>The last rule checks only rows for which a condition is true.</summary>
    /// <param name="condition">The condition.</param>
    public QualityBuilder Where(Expr condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Change(r => r with { Where = condition });
    }

    /// <summary>The last rule is known under this name in verdicts and quarantine.</summary>
    /// <param name="name">The name.</param>
    public QualityBuilder Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Change(r => r with { Name = name });
    }

    /// <summary>A failure of the last rule is a warning: it never stops a run.</summary>
    public QualityBuilder Warn() => As(Severity.Warning);

    /// <summary>A failure of the last rule stops a run at every gate.</summary>
    public QualityBuilder Critical() => As(Severity.Critical);

    /// <summary>How much a failure of the last rule matters.</summary>
    /// <param name="severity">The severity. <value>Default: <see cref="Severity.Error"/>.</value></param>
    public QualityBuilder As(Severity severity) => Change(r => r with { Severity = severity });

    /// <summary>What failed verdicts of this suite do.</summary>
    /// <param name="gate">The gate. <value>Default: <see cref="Gate.Stop"/>.</value></param>
    public QualityBuilder OnFailure(Gate gate)
    {
        _gate = gate;
        return this;
    }

    /// <summary>What the gate makes of a rule that had nothing to check.</summary>
    /// <param name="meaning">The meaning. <value>Default: <see cref="NothingToCheck.NotEvaluated"/>.</value></param>
    public QualityBuilder WhenNothingToCheck(NothingToCheck meaning)
    {
        _nothing = meaning;
        return this;
    }

    /// <summary>NaN counts as missing in all rules of this suite.</summary>
    public QualityBuilder NaNIsMissing()
    {
        _nanIsMissing = true;
        return this;
    }

    /// <summary>The name of this suite in reports.</summary>
    /// <param name="name">The name.</param>
    public QualityBuilder SuiteName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _name = name;
        return this;
    }

    /// <summary>Samples tell these columns of a violating row.</summary>
    /// <param name="columns">The columns that identify a row.</param>
    public QualityBuilder KeyColumns(params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _keyColumns = columns;
        return this;
    }

    /// <summary>Verdicts hold so many samples.</summary>
    /// <param name="count">The most samples; <see cref="int.MaxValue"/> for all.</param>
    public QualityBuilder MaxSamples(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _maxSamples = count;
        return this;
    }

    /// <summary>The suite written so far.</summary>
    /// <exception cref="ArgumentException">There is no rule.</exception>
    public Suite Build() => new([.. _rules])
    {
        Name = _name,
        Gate = _gate,
        WhenNothingToCheck = _nothing,
        NaNIsMissing = _nanIsMissing,
        KeyColumns = _keyColumns,
        MaxSamples = _maxSamples,
    };

    private QualityBuilder Add(IReadOnlyList<Rule> rules)
    {
        _rules.AddRange(rules.Select(r => new SuiteRule(r)));
        _last = rules.Count;
        return this;
    }

    private QualityBuilder Change(Func<SuiteRule, SuiteRule> change)
    {
        if (_rules.Count == 0)
            throw new InvalidOperationException("Mostly, Where, Named and severities follow the rule they belong to; there is none yet.");
        for (var i = _rules.Count - _last; i < _rules.Count; i++)
            _rules[i] = change(_rules[i]);
        return this;
    }
}
