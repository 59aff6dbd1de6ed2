using DataEngineX.Expressions;

namespace DataEngineX.Quality;

/// <content>Rules that hold a dataset against another, or against its own past.</content>
public sealed partial class QualityBuilder
{
    /// <summary>The values of a column are in a column of another dataset; missing ones are not checked.</summary>
    /// <param name="column">The column.</param>
    /// <param name="reference">The name of the other dataset.</param>
    /// <param name="referenceColumn">The column there. <value>Default: null, that of the same name.</value></param>
    public QualityBuilder ForeignKey(string column, string reference, string? referenceColumn = null) =>
        Add(new ForeignKeyRule([column], reference, referenceColumn is null ? null : [referenceColumn]));

    /// <summary>The values of some columns are those of a row of another dataset; rows with a missing one are not checked.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="reference">The name of the other dataset.</param>
    /// <param name="referenceColumns">The columns there. <value>Default: null, those of the same names.</value></param>
    public QualityBuilder ForeignKey(IReadOnlyList<string> columns, string reference, IReadOnlyList<string>? referenceColumns = null) =>
        Add(new ForeignKeyRule(columns, reference, referenceColumns));

    /// <summary>No row has the values of a row of another dataset in some columns; rows with a missing one are not checked.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="reference">The name of the other dataset.</param>
    /// <param name="referenceColumns">The columns there. <value>Default: null, those of the same names.</value></param>
    public QualityBuilder NotInReference(IReadOnlyList<string> columns, string reference, IReadOnlyList<string>? referenceColumns = null) =>
        Add(new ForeignKeyRule(columns, reference, referenceColumns, negated: true));

    /// <summary>There are as many rows as another dataset has.</summary>
    /// <param name="reference">The name of the other dataset.</param>
    /// <param name="tolerance">How far the numbers may differ, as a share of that one. <value>Default: 0.</value></param>
    public QualityBuilder RowCountAs(string reference, double tolerance = 0) => Add(new SameAsRule(new RowCountRule(null, null), reference, null, tolerance));

    /// <summary>An aggregate of a column is that of a column of another dataset.</summary>
    /// <param name="column">The column.</param>
    /// <param name="aggregate">The aggregate.</param>
    /// <param name="reference">The name of the other dataset.</param>
    /// <param name="referenceColumn">The column there. <value>Default: null, that of the same name.</value></param>
    /// <param name="tolerance">How far numbers may differ, as a share of that one. <value>Default: 0.</value></param>
    public QualityBuilder SameAs(string column, ColumnAggregate aggregate, string reference, string? referenceColumn = null, double tolerance = 0) => Add(new SameAsRule(
        new AggregateRule(column, aggregate, null, null), reference, referenceColumn is null ? null : new AggregateRule(referenceColumn, aggregate, null, null), tolerance));

    /// <summary>The numbers of a column are distributed as those of a column of another dataset, by the Kolmogorov-Smirnov test of two samples.</summary>
    /// <param name="column">The column.</param>
    /// <param name="reference">The name of the other dataset.</param>
    /// <param name="referenceColumn">The column there. <value>Default: null, that of the same name.</value></param>
    /// <param name="probability">The probability (p-value) to be exceeded. <value>Default: 0.05.</value></param>
    public QualityBuilder DistributedAs(string column, string reference, string? referenceColumn = null, double probability = 0.05) =>
        Add(new SameDistributionRule(column, reference, referenceColumn, probability));

    /// <summary>The sum of a column in each of the last periods stays near that of the periods before it; see <see cref="MovingDeviationRule"/>.</summary>
    /// <param name="time">The column with the time.</param>
    /// <param name="value">The column that is added up.</param>
    /// <param name="unit">The unit of a period. <value>Default: a day.</value></param>
    /// <param name="sigma">How many standard deviations a sum may be away. <value>Default: 3.</value></param>
    /// <param name="trend">How many periods before make mean and deviation. <value>Default: 7.</value></param>
    /// <param name="test">How many periods before the last one are tested beside it. <value>Default: 14.</value></param>
    /// <param name="differences">How many periods back the sum is that is taken from each; 0 for none. <value>Default: 1.</value></param>
    /// <param name="logarithms">Whether the logarithms of the sums are tested. <value>Default: true.</value></param>
    public QualityBuilder MovingDeviation(
        string time, string value, CalendarUnit unit = CalendarUnit.Day, double sigma = 3, int trend = 7, int test = 14, int differences = 1, bool logarithms = true) =>
        Add(new MovingDeviationRule(time, value, unit, sigma, trend, test, differences, logarithms));
}
