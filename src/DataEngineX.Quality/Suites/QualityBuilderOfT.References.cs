using System.Linq.Expressions;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;

namespace DataEngineX.Quality;

/// <content>Rules that hold a dataset against another, or against its own past.</content>
public sealed partial class QualityBuilder<T>
{
    /// <summary>The values of some columns are those of a row of another dataset; rows with a missing one are not checked.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>.</param>
    /// <param name="reference">The name of the other dataset.</param>
    /// <param name="referenceColumns">The columns there. <value>Default: none, those of the same names.</value></param>
    public QualityBuilder<T> ForeignKey<TKey>(Expression<Func<T, TKey>> key, string reference, params IReadOnlyList<string> referenceColumns) =>
        Do(q => q.ForeignKey(ColumnNames.Of(key), reference, referenceColumns.Count == 0 ? null : referenceColumns));

    /// <summary>No row has the values of a row of another dataset in some columns; rows with a missing one are not checked.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>.</param>
    /// <param name="reference">The name of the other dataset.</param>
    /// <param name="referenceColumns">The columns there. <value>Default: none, those of the same names.</value></param>
    public QualityBuilder<T> NotInReference<TKey>(Expression<Func<T, TKey>> key, string reference, params IReadOnlyList<string> referenceColumns) =>
        Do(q => q.NotInReference(ColumnNames.Of(key), reference, referenceColumns.Count == 0 ? null : referenceColumns));

    /// <summary>There are as many rows as another dataset has.</summary>
    /// <param name="reference">The name of the other dataset.</param>
    /// <param name="tolerance">How far the numbers may differ, as a share of that one. <value>Default: 0.</value></param>
    public QualityBuilder<T> RowCountAs(string reference, double tolerance = 0) => Do(q => q.RowCountAs(reference, tolerance));

    /// <summary>An aggregate of a column is that of a column of another dataset.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="aggregate">The aggregate.</param>
    /// <param name="reference">The name of the other dataset.</param>
    /// <param name="referenceColumn">The column there. <value>Default: null, that of the same name.</value></param>
    /// <param name="tolerance">How far numbers may differ, as a share of that one. <value>Default: 0.</value></param>
    public QualityBuilder<T> SameAs<TValue>(
        Expression<Func<T, TValue>> column, ColumnAggregate aggregate, string reference, string? referenceColumn = null, double tolerance = 0) =>
        Do(q => q.SameAs(One(column), aggregate, reference, referenceColumn, tolerance));

    /// <summary>The numbers of a column are distributed as those of a column of another dataset, by the Kolmogorov-Smirnov test of two samples.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="reference">The name of the other dataset.</param>
    /// <param name="referenceColumn">The column there. <value>Default: null, that of the same name.</value></param>
    /// <param name="probability">The probability (p-value) to be exceeded. <value>Default: 0.05.</value></param>
    public QualityBuilder<T> DistributedAs<TValue>(
        Expression<Func<T, TValue>> column, string reference, string? referenceColumn = null, double probability = 0.05) =>
        Do(q => q.DistributedAs(One(column), reference, referenceColumn, probability));

    /// <summary>The sum of a column in each of the last periods stays near that of the periods before it; see <see cref="MovingDeviationRule"/>.</summary>
    /// <typeparam name="TTime">The type of the column with the time.</typeparam>
    /// <typeparam name="TValue">The type of the column that is added up.</typeparam>
    /// <param name="time">The column with the time.</param>
    /// <param name="value">The column that is added up.</param>
    /// <param name="unit">The unit of a period. <value>Default: a day.</value></param>
    /// <param name="sigma">How many standard deviations a sum may be away. <value>Default: 3.</value></param>
    /// <param name="trend">How many periods before make mean and deviation. <value>Default: 7.</value></param>
    /// <param name="test">How many periods before the last one are tested beside it. <value>Default: 14.</value></param>
    /// <param name="differences">How many periods back the sum is that is taken from each; 0 for none. <value>Default: 1.</value></param>
    /// <param name="logarithms">Whether the logarithms of the sums are tested. <value>Default: true.</value></param>
    public QualityBuilder<T> MovingDeviation<TTime, TValue>(
        Expression<Func<T, TTime>> time,
        Expression<Func<T, TValue>> value,
        CalendarUnit unit = CalendarUnit.Day,
        double sigma = 3,
        int trend = 7,
        int test = 14,
        int differences = 1,
        bool logarithms = true) =>
        Do(q => q.MovingDeviation(One(time), One(value), unit, sigma, trend, test, differences, logarithms));
}
