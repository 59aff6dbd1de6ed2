using System.Linq.Expressions;
using DataEngineX.Expressions;

namespace DataEngineX.Quality;

/// <content>Rules over aggregates.</content>
public sealed partial class QualityBuilder<T>
{
    /// <summary>The lowest value of a column lies between two bounds.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder<T> Min<TValue>(Expression<Func<T, TValue>> column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Do(q => q.Min(One(column), min, max, strictMin, strictMax));

    /// <summary>The highest value of a column lies between two bounds.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder<T> Max<TValue>(Expression<Func<T, TValue>> column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Do(q => q.Max(One(column), min, max, strictMin, strictMax));

    /// <summary>The mean of a column lies between two bounds.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder<T> Mean<TValue>(Expression<Func<T, TValue>> column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Do(q => q.Mean(One(column), min, max, strictMin, strictMax));

    /// <summary>The median of a column, exact, lies between two bounds.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder<T> Median<TValue>(Expression<Func<T, TValue>> column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Do(q => q.Median(One(column), min, max, strictMin, strictMax));

    /// <summary>The sum of a column lies between two bounds.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder<T> Sum<TValue>(Expression<Func<T, TValue>> column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Do(q => q.Sum(One(column), min, max, strictMin, strictMax));

    /// <summary>The standard deviation (n - 1) of a column lies between two bounds.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder<T> StandardDeviation<TValue>(Expression<Func<T, TValue>> column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Do(q => q.StandardDeviation(One(column), min, max, strictMin, strictMax));

    /// <summary>The number of different values of a column lies between two bounds.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder<T> DistinctCount<TValue>(Expression<Func<T, TValue>> column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Do(q => q.DistinctCount(One(column), min, max, strictMin, strictMax));

    /// <summary>The number of different values of a column, as a sketch of a fixed size tells it, lies between two bounds; it is off by 0.81 % on average.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    public QualityBuilder<T> ApproximateDistinctCount<TValue>(Expression<Func<T, TValue>> column, object? min, object? max) =>
        Do(q => q.ApproximateDistinctCount(One(column), min, max));

    /// <summary>The number of different values of a column, divided by that of all, lies between two bounds.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder<T> DistinctShare<TValue>(Expression<Func<T, TValue>> column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Do(q => q.DistinctShare(One(column), min, max, strictMin, strictMax));

    /// <summary>The entropy of a column, in nats, lies between two bounds.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    public QualityBuilder<T> Entropy<TValue>(Expression<Func<T, TValue>> column, object? min, object? max, bool strictMin = false, bool strictMax = false) =>
        Do(q => q.Entropy(One(column), min, max, strictMin, strictMax));

    /// <summary>Quantiles of a column lie between bounds; exact.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="bands">The quantiles and their bounds.</param>
    /// <param name="interpolation">What a quantile between two values is. <value>Default: the nearer.</value></param>
    public QualityBuilder<T> Quantiles<TValue>(Expression<Func<T, TValue>> column, IReadOnlyList<QuantileBand> bands, QuantileInterpolation interpolation = QuantileInterpolation.Nearest) =>
        Do(q => q.Quantiles(One(column), bands, interpolation));

    /// <summary>Each different value of a column is in a set.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="values">The set.</param>
    public QualityBuilder<T> DistinctInSet<TValue>(Expression<Func<T, TValue>> column, params IEnumerable<object?> values) =>
        Do(q => q.DistinctInSet(One(column), values));

    /// <summary>The different values of a column contain a set.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="values">The set.</param>
    public QualityBuilder<T> DistinctContain<TValue>(Expression<Func<T, TValue>> column, params IEnumerable<object?> values) =>
        Do(q => q.DistinctContain(One(column), values));

    /// <summary>The different values of a column are a set.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="values">The set.</param>
    public QualityBuilder<T> DistinctEqual<TValue>(Expression<Func<T, TValue>> column, params IEnumerable<object?> values) =>
        Do(q => q.DistinctEqual(One(column), values));

    /// <summary>The most common value of a column is in a set.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="values">The set.</param>
    /// <param name="tiesAllowed">Whether several values may be the most common. <value>Default: false.</value></param>
    public QualityBuilder<T> MostCommon<TValue>(Expression<Func<T, TValue>> column, IEnumerable<object?> values, bool tiesAllowed = false) =>
        Do(q => q.MostCommon(One(column), values, tiesAllowed));

    /// <summary>The Kullback-Leibler divergence of a column from an expected distribution is at most a number.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="expected">The expected distribution.</param>
    /// <param name="threshold">The most divergence; null to observe only.</param>
    /// <param name="tailHoldout">The share held out for what is not in the partition. <value>Default: 0.</value></param>
    /// <param name="internalHoldout">The share held out for empty intervals. <value>Default: 0.</value></param>
    public QualityBuilder<T> Divergence<TValue>(Expression<Func<T, TValue>> column, Partition expected, double? threshold, double tailHoldout = 0, double internalHoldout = 0) =>
        Do(q => q.Divergence(One(column), expected, threshold, tailHoldout, internalHoldout));

    /// <summary>Between the first and the last time of a column, no interval is without a row.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="unit">The unit of the interval.</param>
    /// <param name="count">How many units an interval is long. <value>Default: 1.</value></param>
    public QualityBuilder<T> NoGaps<TValue>(Expression<Func<T, TValue>> column, CalendarUnit unit, int count = 1) =>
        Do(q => q.NoGaps(One(column), unit, count));

    /// <summary>The values of a column could well have been drawn from an expected distribution, by the chi-square test.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="expected">The expected distribution, of values.</param>
    /// <param name="probability">The probability (p-value) to be exceeded. <value>Default: 0.05.</value></param>
    /// <param name="holdout">The share held out for values that are not expected. <value>Default: 0.</value></param>
    public QualityBuilder<T> ChiSquare<TValue>(Expression<Func<T, TValue>> column, Partition expected, double probability = 0.05, double holdout = 0) =>
        Do(q => q.ChiSquare(One(column), expected, probability, holdout));

    /// <summary>The numbers of a column could well have been drawn from an expected distribution, by the Kolmogorov-Smirnov test of one sample.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="expected">The expected distribution: one of a name, one of intervals or quantiles, or that of a saved profile.</param>
    /// <param name="probability">The probability (p-value) to be exceeded. <value>Default: 0.05.</value></param>
    /// <param name="resampling">How small samples are tested in place of all values. <value>Default: null, all values are tested once.</value></param>
    public QualityBuilder<T> KolmogorovSmirnov<TValue>(
        Expression<Func<T, TValue>> column, ExpectedDistribution expected, double probability = 0.05, Resampling? resampling = null) =>
        Do(q => q.KolmogorovSmirnov(One(column), expected, probability, resampling));

    /// <summary>How far the categories of two columns go together (Cramér's V) lies between two bounds.</summary>
    /// <typeparam name="TFirst">The type of the first column.</typeparam>
    /// <typeparam name="TSecond">The type of the second column.</typeparam>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound. <value>Default: null, none.</value></param>
    /// <param name="firstBins">How values of the first column are put together. <value>Default: null, each is a category.</value></param>
    /// <param name="secondBins">How values of the second column are put together. <value>Default: null, each is a category.</value></param>
    public QualityBuilder<T> Association<TFirst, TSecond>(
        Expression<Func<T, TFirst>> first,
        Expression<Func<T, TSecond>> second,
        double? min,
        double? max = null,
        ColumnBins? firstBins = null,
        ColumnBins? secondBins = null) =>
        Do(q => q.Association(One(first), One(second), min, max, firstBins, secondBins));
}
