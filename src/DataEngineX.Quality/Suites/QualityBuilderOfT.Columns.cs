using System.Linq.Expressions;
using DataEngineX.Pipelines;

namespace DataEngineX.Quality;

/// <content>Rules over several columns and over the columns themselves.</content>
public sealed partial class QualityBuilder<T>
{
    /// <summary>Two columns are equal in each row.</summary>
    /// <typeparam name="TFirst">The type of the first column.</typeparam>
    /// <typeparam name="TSecond">The type of the second column.</typeparam>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="ignored">The rows that are not checked. <value>Default: those in which all are missing.</value></param>
    public QualityBuilder<T> PairEqual<TFirst, TSecond>(
        Expression<Func<T, TFirst>> first, Expression<Func<T, TSecond>> second, IgnoredRows ignored = IgnoredRows.AllMissing) =>
        Do(q => q.PairEqual(One(first), One(second), ignored));

    /// <summary>A column is greater than another in each row.</summary>
    /// <typeparam name="TFirst">The type of the first column.</typeparam>
    /// <typeparam name="TSecond">The type of the second column.</typeparam>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="orEqual">Whether it may be equal. <value>Default: false.</value></param>
    /// <param name="ignored">The rows that are not checked. <value>Default: those in which all are missing.</value></param>
    public QualityBuilder<T> PairGreater<TFirst, TSecond>(
        Expression<Func<T, TFirst>> first, Expression<Func<T, TSecond>> second, bool orEqual = false, IgnoredRows ignored = IgnoredRows.AllMissing) =>
        Do(q => q.PairGreater(One(first), One(second), orEqual, ignored));

    /// <summary>The values of two columns are, as a pair, among given ones.</summary>
    /// <typeparam name="TFirst">The type of the first column.</typeparam>
    /// <typeparam name="TSecond">The type of the second column.</typeparam>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="pairs">The pairs.</param>
    /// <param name="ignored">The rows that are not checked. <value>Default: those in which all are missing.</value></param>
    public QualityBuilder<T> PairInSet<TFirst, TSecond>(
        Expression<Func<T, TFirst>> first, Expression<Func<T, TSecond>> second, IEnumerable<(object? First, object? Second)> pairs, IgnoredRows ignored = IgnoredRows.AllMissing) =>
        Do(q => q.PairInSet(One(first), One(second), pairs, ignored));

    /// <summary>The correlation (Pearson) of two columns lies between two bounds.</summary>
    /// <typeparam name="TFirst">The type of the first column.</typeparam>
    /// <typeparam name="TSecond">The type of the second column.</typeparam>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none. <value>Default: null.</value></param>
    public QualityBuilder<T> Correlation<TFirst, TSecond>(
        Expression<Func<T, TFirst>> first, Expression<Func<T, TSecond>> second, double? min, double? max = null) =>
        Do(q => q.Correlation(One(first), One(second), min, max));

    /// <summary>The mutual information of two columns, in nats, lies between two bounds.</summary>
    /// <typeparam name="TFirst">The type of the first column.</typeparam>
    /// <typeparam name="TSecond">The type of the second column.</typeparam>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none. <value>Default: null.</value></param>
    public QualityBuilder<T> MutualInformation<TFirst, TSecond>(
        Expression<Func<T, TFirst>> first, Expression<Func<T, TSecond>> second, double? min, double? max = null) =>
        Do(q => q.MutualInformation(One(first), One(second), min, max));

    /// <summary>Several columns of each row have different values.</summary>
    /// <typeparam name="TColumns">The type of the columns.</typeparam>
    /// <param name="columns">The columns as <c>new { r.A, r.B }</c>.</param>
    /// <param name="ignored">The rows that are not checked. <value>Default: those in which all are missing.</value></param>
    public QualityBuilder<T> DistinctInRow<TColumns>(Expression<Func<T, TColumns>> columns, IgnoredRows ignored = IgnoredRows.AllMissing) =>
        Do(q => q.DistinctInRow(ColumnNames.Of(columns), ignored));

    /// <summary>The values of several columns of each row add up to a number.</summary>
    /// <typeparam name="TColumns">The type of the columns.</typeparam>
    /// <param name="columns">The columns as <c>new { r.A, r.B }</c>.</param>
    /// <param name="total">The sum.</param>
    /// <param name="ignored">The rows that are not checked. <value>Default: those in which all are missing.</value></param>
    public QualityBuilder<T> RowSum<TColumns>(Expression<Func<T, TColumns>> columns, object total, IgnoredRows ignored = IgnoredRows.AllMissing) =>
        Do(q => q.RowSum(ColumnNames.Of(columns), total, ignored));

    /// <summary>The share of rows with a value in all of some columns is at least a number.</summary>
    /// <typeparam name="TColumns">The type of the columns.</typeparam>
    /// <param name="columns">The columns as <c>new { r.A, r.B }</c>.</param>
    /// <param name="min">The lowest share, 0 to 1.</param>
    /// <param name="any">Whether a value in one of the columns is enough. <value>Default: false.</value></param>
    public QualityBuilder<T> Completeness<TColumns>(Expression<Func<T, TColumns>> columns, double min, bool any = false) =>
        Do(q => q.Completeness(ColumnNames.Of(columns), min, any));

    /// <summary>There is a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="position">Its 0-based position. <value>Default: null, any.</value></param>
    public QualityBuilder<T> ColumnExists(string column, int? position = null) => Do(q => q.ColumnExists(column, position));

    /// <summary>The columns are given ones in a given order.</summary>
    /// <param name="columns">The columns.</param>
    public QualityBuilder<T> ColumnOrder(params IReadOnlyList<string> columns) => Do(q => q.ColumnOrder(columns));

    /// <summary>The columns are given ones, in any order.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="exact">Whether there may be no others. <value>Default: true.</value></param>
    public QualityBuilder<T> ColumnSet(IReadOnlyList<string> columns, bool exact = true) => Do(q => q.ColumnSet(columns, exact));

    /// <summary>The number of columns lies between two bounds, both inside.</summary>
    /// <param name="min">The fewest columns; null for any.</param>
    /// <param name="max">The most columns. <value>Default: null, any.</value></param>
    public QualityBuilder<T> ColumnCount(long? min, long? max = null) => Do(q => q.ColumnCount(min, max));
}
