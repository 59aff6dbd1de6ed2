using DataEngineX.Expressions;

namespace DataEngineX.Quality;

/// <content>Rules over aggregates.</content>
public sealed partial class QualityBuilder
{
    /// <summary>The lowest value of a column lies between two bounds.</summary>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder Min(string column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Add(new AggregateRule(column, ColumnAggregate.Min, min, max, strictMin, strictMax));

    /// <summary>The highest value of a column lies between two bounds.</summary>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder Max(string column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Add(new AggregateRule(column, ColumnAggregate.Max, min, max, strictMin, strictMax));

    /// <summary>The mean of a column lies between two bounds.</summary>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder Mean(string column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Add(new AggregateRule(column, ColumnAggregate.Mean, min, max, strictMin, strictMax));

    /// <summary>The median of a column, exact, lies between two bounds.</summary>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder Median(string column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Add(new AggregateRule(column, ColumnAggregate.Median, min, max, strictMin, strictMax));

    /// <summary>The sum of a column lies between two bounds.</summary>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder Sum(string column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Add(new AggregateRule(column, ColumnAggregate.Sum, min, max, strictMin, strictMax));

    /// <summary>The standard deviation (n - 1) of a column lies between two bounds.</summary>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder StandardDeviation(string column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Add(new AggregateRule(column, ColumnAggregate.StandardDeviation, min, max, strictMin, strictMax));

    /// <summary>The number of different values of a column lies between two bounds.</summary>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder DistinctCount(string column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Add(new AggregateRule(column, ColumnAggregate.DistinctCount, min, max, strictMin, strictMax));

    /// <summary>The number of different values of a column, as a sketch of a fixed size tells it, lies between two bounds; it is off by 0.81 % on average.</summary>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    public QualityBuilder ApproximateDistinctCount(string column, object? min, object? max) =>
        Add(new AggregateRule(column, ColumnAggregate.ApproximateDistinctCount, min, max));

    /// <summary>The number of different values of a column, divided by that of all, lies between two bounds.</summary>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder DistinctShare(string column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Add(new AggregateRule(column, ColumnAggregate.DistinctShare, min, max, strictMin, strictMax));

    /// <summary>The entropy of a column, in nats, lies between two bounds.</summary>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder Entropy(string column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Add(new AggregateRule(column, ColumnAggregate.Entropy, min, max, strictMin, strictMax));

    /// <summary>Quantiles of a column lie between bounds; exact.</summary>
    /// <param name="column">The column.</param>
    /// <param name="bands">The quantiles and their bounds.</param>
    /// <param name="interpolation">What a quantile between two values is. <value>Default: the nearer.</value></param>
    public QualityBuilder Quantiles(string column, IReadOnlyList<QuantileBand> bands, QuantileInterpolation interpolation = QuantileInterpolation.Nearest) =>
        Add(new QuantilesRule(column, bands, interpolation));

    /// <summary>Each different value of a column is in a set.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">The set.</param>
    public QualityBuilder DistinctInSet(string column, params IEnumerable<object?> values) =>
        Add(new DistinctValuesRule(column, SetRelation.Within, values));

    /// <summary>The different values of a column contain a set.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">The set.</param>
    public QualityBuilder DistinctContain(string column, params IEnumerable<object?> values) =>
        Add(new DistinctValuesRule(column, SetRelation.Contains, values));

    /// <summary>The different values of a column are a set.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">The set.</param>
    public QualityBuilder DistinctEqual(string column, params IEnumerable<object?> values) =>
        Add(new DistinctValuesRule(column, SetRelation.Equals, values));

    /// <summary>The most common value of a column is in a set.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">The set.</param>
    /// <param name="tiesAllowed">Whether several values may be the most common. <value>Default: false.</value></param>
    public QualityBuilder MostCommon(string column, IEnumerable<object?> values, bool tiesAllowed = false) =>
        Add(new MostCommonRule(column, values, tiesAllowed));

    /// <summary>The Kullback-Leibler divergence of a column from an expected distribution is at most a number.</summary>
    /// <param name="column">The column.</param>
    /// <param name="expected">The expected distribution.</param>
    /// <param name="threshold">The most divergence; null to observe only.</param>
    /// <param name="tailHoldout">The share held out for what is not in the partition. <value>Default: 0.</value></param>
    /// <param name="internalHoldout">The share held out for empty intervals. <value>Default: 0.</value></param>
    public QualityBuilder Divergence(string column, Partition expected, double? threshold, double tailHoldout = 0, double internalHoldout = 0) =>
        Add(new DivergenceRule(column, expected, threshold, tailHoldout, internalHoldout));

    /// <summary>The values of a column could well have been drawn from an expected distribution, by the chi-square test.</summary>
    /// <param name="column">The column.</param>
    /// <param name="expected">The expected distribution, of values.</param>
    /// <param name="probability">The probability (p-value) to be exceeded. <value>Default: 0.05.</value></param>
    /// <param name="holdout">The share held out for values that are not expected. <value>Default: 0.</value></param>
    public QualityBuilder ChiSquare(string column, Partition expected, double probability = 0.05, double holdout = 0) =>
        Add(new ChiSquareRule(column, expected, probability, holdout));

    /// <summary>The numbers of a column could well have been drawn from an expected distribution, by the Kolmogorov-Smirnov test of one sample.</summary>
    /// <param name="column">The column.</param>
    /// <param name="expected">The expected distribution: one of a name, one of intervals or quantiles, or that of a saved profile.</param>
    /// <param name="probability">The probability (p-value) to be exceeded. <value>Default: 0.05.</value></param>
    /// <param name="resampling">How small samples are tested in place of all values. <value>Default: null, all values are tested once.</value></param>
    public QualityBuilder KolmogorovSmirnov(string column, ExpectedDistribution expected, double probability = 0.05, Resampling? resampling = null) =>
        Add(new KolmogorovSmirnovRule(column, expected, probability, resampling));

    /// <summary>How far the categories of two columns go together (Cramér's V) lies between two bounds.</summary>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound. <value>Default: null, none.</value></param>
    /// <param name="firstBins">How values of the first column are put together. <value>Default: null, each is a category.</value></param>
    /// <param name="secondBins">How values of the second column are put together. <value>Default: null, each is a category.</value></param>
    public QualityBuilder Association(string first, string second, double? min, double? max = null, ColumnBins? firstBins = null, ColumnBins? secondBins = null) =>
        Add(new AssociationRule(first, second, min, max, firstBins, secondBins));

    /// <summary>Between the first and the last time of a column, no interval is without a row.</summary>
    /// <param name="column">The column.</param>
    /// <param name="unit">The unit of the interval.</param>
    /// <param name="count">How many units an interval is long. <value>Default: 1.</value></param>
    public QualityBuilder NoGaps(string column, CalendarUnit unit, int count = 1) => Add(new GapsRule(column, unit, count));
}
