using System.Linq.Expressions;
using DataEngineX.Pipelines;

namespace DataEngineX.Quality;

/// <summary>
/// Writes a suite over the members of a row type; the same as <see cref="QualityBuilder"/> with column names. Lambdas name columns or are
/// translated; they never run.
/// </summary>
/// <typeparam name="T">A record, class or anonymous type whose members name columns.</typeparam>
public sealed partial class QualityBuilder<T>
{
    private readonly QualityBuilder _inner = new();

    /// <summary>Every row has a value in each of the columns: one rule a column.</summary>
    /// <typeparam name="TColumns">The type of the columns.</typeparam>
    /// <param name="columns">One column, or several as <c>new { r.A, r.B }</c>.</param>
    public QualityBuilder<T> NotNull<TColumns>(Expression<Func<T, TColumns>> columns) => Do(q => q.NotNull(ColumnNames.Of(columns)));

    /// <summary>No two rows have the same values in the columns; every copy violates the rule.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>.</param>
    public QualityBuilder<T> Unique<TKey>(Expression<Func<T, TKey>> key) => Do(q => q.Unique(ColumnNames.Of(key)));

    /// <summary>Values lie between two bounds.</summary>
    /// <typeparam name="TValue">The type of the column and its bounds.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder<T> Between<TValue>(
        Expression<Func<T, TValue>> column, TValue min, TValue max, bool strictMin = false, bool strictMax = false) =>
        Do(q => q.Between(One(column), min, max, strictMin, strictMax));

    /// <summary>Values are not below a bound.</summary>
    /// <typeparam name="TValue">The type of the column and its bound.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound.</param>
    public QualityBuilder<T> AtLeast<TValue>(Expression<Func<T, TValue>> column, TValue min) => Do(q => q.AtLeast(One(column), min!));

    /// <summary>Values are not above a bound.</summary>
    /// <typeparam name="TValue">The type of the column and its bound.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="max">The upper bound.</param>
    public QualityBuilder<T> AtMost<TValue>(Expression<Func<T, TValue>> column, TValue max) => Do(q => q.AtMost(One(column), max!));

    /// <summary>Values are among given ones.</summary>
    /// <typeparam name="TValue">The type of the column and the values.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="values">The values.</param>
    public QualityBuilder<T> InSet<TValue>(Expression<Func<T, TValue>> column, params IEnumerable<TValue> values) =>
        Do(q => q.InSet(One(column), values.Select(v => (object?)v)));

    /// <summary>Values are none of given ones.</summary>
    /// <typeparam name="TValue">The type of the column and the values.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="values">The values.</param>
    public QualityBuilder<T> NotInSet<TValue>(Expression<Func<T, TValue>> column, params IEnumerable<TValue> values) =>
        Do(q => q.NotInSet(One(column), values.Select(v => (object?)v)));

    /// <summary>A regular expression matches somewhere in each value.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="pattern">The regular expression; without lookaround and back-references.</param>
    public QualityBuilder<T> Regex<TValue>(Expression<Func<T, TValue>> column, string pattern) => Do(q => q.Regex(One(column), pattern));

    /// <summary>A condition holds for each row; rows for which it is null are not checked.</summary>
    /// <param name="condition">The condition.</param>
    public QualityBuilder<T> Satisfies(Expression<Func<T, bool>> condition) => Do(q => q.Satisfies(LambdaTranslator.Translate(condition)));

    /// <summary>The number of rows lies between two bounds, both included.</summary>
    /// <param name="min">The fewest rows; null for any.</param>
    /// <param name="max">The most rows. <value>Default: null, any.</value></param>
    public QualityBuilder<T> RowCount(long? min, long? max = null) => Do(q => q.RowCount(min, max));

    /// <summary>The newest time in a column is at most a span older than the run's clock; times after the clock are left out.</summary>
    /// <typeparam name="TTime">The type of the column.</typeparam>
    /// <param name="column">The column with the time of the event.</param>
    /// <param name="span">How old the newest may be.</param>
    public QualityBuilder<T> FreshWithin<TTime>(Expression<Func<T, TTime>> column, TimeSpan span) => Do(q => q.FreshWithin(One(column), span));

    /// <summary>A rule of one's own.</summary>
    /// <param name="rule">The rule.</param>
    public QualityBuilder<T> Add(Rule rule) => Do(q => q.Add(rule));

    /// <summary>The last rule passes when at least this share of the checked rows holds. A quarantine sets the others aside all the same.</summary>
    /// <param name="share">0 to 1, both included.</param>
    public QualityBuilder<T> Mostly(double share) => Do(q => q.Mostly(share));

    /// <summary>A further threshold of the last rule, such as a warning below 0.99 beside an error below 0.9.</summary>
    /// <param name="severity">How much it matters when the share is not reached.</param>
    /// <param name="share">The share of the checked rows that must hold, 0 to 1, both included.</param>
    public QualityBuilder<T> Threshold(Severity severity, double share) => Do(q => q.Threshold(severity, share));

    /// <summary>The last rule is held against the dates and times that the texts of its columns say; see <see cref="TextTimesRule"/>.</summary>
    public QualityBuilder<T> TextsAsTimes() => Do(q => q.TextsAsTimes());

    /// <summary>The last rule is evaluated for each group of rows by itself, and each group has a verdict of its own.</summary>
    /// <typeparam name="TKey">The type of the columns.</typeparam>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>.</param>
    public QualityBuilder<T> PerGroup<TKey>(Expression<Func<T, TKey>> key) => Do(q => q.PerGroup(ColumnNames.Of(key)));

    /// <summary>The last rule has these labels in verdicts.</summary>
    /// <param name="tags">The labels.</param>
    public QualityBuilder<T> Tagged(params IReadOnlyList<string> tags) => Do(q => q.Tagged(tags));

    /// <summary>The last rule checks only rows for which a condition is true.</summary>
    /// <param name="condition">The condition.</param>
    public QualityBuilder<T> Where(Expression<Func<T, bool>> condition) => Do(q => q.Where(LambdaTranslator.Translate(condition)));

    /// <summary>The last rule is known under this name in verdicts and quarantine.</summary>
    /// <param name="name">The name.</param>
    public QualityBuilder<T> Named(string name) => Do(q => q.Named(name));

    /// <summary>A failure of the last rule is a warning: it never stops a run.</summary>
    public QualityBuilder<T> Warn() => Do(q => q.Warn());

    /// <summary>A failure of the last rule stops a run at every gate.</summary>
    public QualityBuilder<T> Critical() => Do(q => q.Critical());

    /// <summary>How much a failure of the last rule matters.</summary>
    /// <param name="severity">The severity. <value>Default: <see cref="Severity.Error"/>.</value></param>
    public QualityBuilder<T> As(Severity severity) => Do(q => q.As(severity));

    /// <summary>What failed verdicts of this suite do.</summary>
    /// <param name="gate">The gate. <value>Default: <see cref="Gate.Stop"/>.</value></param>
    public QualityBuilder<T> OnFailure(Gate gate) => Do(q => q.OnFailure(gate));

    /// <summary>What the gate makes of a rule that had nothing to check.</summary>
    /// <param name="meaning">The meaning. <value>Default: <see cref="NothingToCheck.NotEvaluated"/>.</value></param>
    public QualityBuilder<T> WhenNothingToCheck(NothingToCheck meaning) => Do(q => q.WhenNothingToCheck(meaning));

    /// <summary>NaN counts as missing in all rules of this suite.</summary>
    public QualityBuilder<T> NaNIsMissing() => Do(q => q.NaNIsMissing());

    /// <summary>The name of this suite in reports.</summary>
    /// <param name="name">The name.</param>
    public QualityBuilder<T> SuiteName(string name) => Do(q => q.SuiteName(name));

    /// <summary>Samples tell these columns of a violating row.</summary>
    /// <typeparam name="TKey">The type of the columns.</typeparam>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>.</param>
    public QualityBuilder<T> KeyColumns<TKey>(Expression<Func<T, TKey>> key) => Do(q => q.KeyColumns(ColumnNames.Of(key)));

    /// <summary>Verdicts hold so many samples.</summary>
    /// <param name="count">The most samples; <see cref="int.MaxValue"/> for all.</param>
    public QualityBuilder<T> MaxSamples(int count) => Do(q => q.MaxSamples(count));

    /// <summary>The suite written so far.</summary>
    /// <exception cref="ArgumentException">There is no rule.</exception>
    public Suite Build() => _inner.Build();

    private static string One(LambdaExpression column)
    {
        var names = ColumnNames.Of(column);
        return names.Count == 1
            ? names[0]
            : throw new PlanException($"'{column}' names {names.Count} columns, and the rule checks one: write r => r.Member.", CheckNode.OperatorName);
    }

    private QualityBuilder<T> Do(Func<QualityBuilder, QualityBuilder> step)
    {
        step(_inner);
        return this;
    }
}
