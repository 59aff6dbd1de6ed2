namespace DataEngineX.Quality;

/// <content>Rules over several columns and over the columns themselves.</content>
public sealed partial class QualityBuilder
{
    /// <summary>Two columns are equal in each row.</summary>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="ignored">The rows that are not checked. <value>Default: those in which all are missing.</value></param>
    public QualityBuilder PairEqual(string first, string second, IgnoredRows ignored = IgnoredRows.AllMissing) =>
        Add(new PairRule(first, PairComparison.Equal, second, ignored));

    /// <summary>A column is greater than another in each row.</summary>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="orEqual">Whether it may be equal. <value>Default: false.</value></param>
    /// <param name="ignored">The rows that are not checked. <value>Default: those in which all are missing.</value></param>
    public QualityBuilder PairGreater(string first, string second, bool orEqual = false, IgnoredRows ignored = IgnoredRows.AllMissing) =>
        Add(new PairRule(first, orEqual ? PairComparison.GreaterOrEqual : PairComparison.Greater, second, ignored));

    /// <summary>The values of two columns are, as a pair, among given ones.</summary>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="pairs">The pairs.</param>
    /// <param name="ignored">The rows that are not checked. <value>Default: those in which all are missing.</value></param>
    public QualityBuilder PairInSet(string first, string second, IEnumerable<(object? First, object? Second)> pairs, IgnoredRows ignored = IgnoredRows.AllMissing) =>
        Add(new PairInSetRule(first, second, pairs, ignored));

    /// <summary>The correlation (Pearson) of two columns lies between two bounds.</summary>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none. <value>Default: null.</value></param>
    public QualityBuilder Correlation(string first, string second, double? min, double? max = null) =>
        Add(new CorrelationRule(first, second, min, max));

    /// <summary>The mutual information of two columns, in nats, lies between two bounds.</summary>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none. <value>Default: null.</value></param>
    public QualityBuilder MutualInformation(string first, string second, double? min, double? max = null) =>
        Add(new MutualInformationRule(first, second, min, max));

    /// <summary>Several columns of each row have different values.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="ignored">The rows that are not checked. <value>Default: those in which all are missing.</value></param>
    public QualityBuilder DistinctInRow(IReadOnlyList<string> columns, IgnoredRows ignored = IgnoredRows.AllMissing) =>
        Add(new DistinctInRowRule(columns, ignored));

    /// <summary>The values of several columns of each row add up to a number.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="total">The sum.</param>
    /// <param name="ignored">The rows that are not checked. <value>Default: those in which all are missing.</value></param>
    public QualityBuilder RowSum(IReadOnlyList<string> columns, object total, IgnoredRows ignored = IgnoredRows.AllMissing) =>
        Add(new RowSumRule(columns, total, ignored));

    /// <summary>The share of rows with a value in all of some columns is at least a number.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="min">The lowest share, 0 to 1.</param>
    /// <param name="any">Whether a value in one of the columns is enough. <value>Default: false.</value></param>
    public QualityBuilder Completeness(IReadOnlyList<string> columns, double min, bool any = false) =>
        Add(new CompletenessRule(columns, min, null, any));

    /// <summary>There is a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="position">Its 0-based position. <value>Default: null, any.</value></param>
    public QualityBuilder ColumnExists(string column, int? position = null) => Add(new ColumnExistsRule(column, position));

    /// <summary>The columns are given ones in a given order.</summary>
    /// <param name="columns">The columns.</param>
    public QualityBuilder ColumnOrder(params IReadOnlyList<string> columns) => Add(new ColumnOrderRule(columns));

    /// <summary>The columns are given ones, in any order.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="exact">Whether there may be no others. <value>Default: true.</value></param>
    public QualityBuilder ColumnSet(IReadOnlyList<string> columns, bool exact = true) => Add(new ColumnSetRule(columns, exact));

    /// <summary>The number of columns lies between two bounds, both inside.</summary>
    /// <param name="min">The fewest columns; null for any.</param>
    /// <param name="max">The most columns. <value>Default: null, any.</value></param>
    public QualityBuilder ColumnCount(long? min, long? max = null) => Add(new ColumnCountRule(min, max));
}
