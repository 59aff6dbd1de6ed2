using System.Globalization;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>One aggregate of a group. Nulls are ignored; an aggregate of no value is null, a count 0.</summary>
/// <param name="Name">The output column.</param>
/// <param name="Kind">What is computed.</param>
/// <param name="Value">The value aggregated; null only for a count of rows.</param>
public sealed record Aggregate(string Name, AggregateKind Kind, Expr? Value)
{
    /// <summary>The second value of a correlation. <value>Default: null.</value></summary>
    public Expr? Other { get; init; }

    /// <summary>The fraction of a quantile, or how many of the largest or smallest. <value>Default: 0, for aggregates that take none.</value></summary>
    public double Parameter { get; init; }

    /// <summary>The number of rows.</summary>
    public static Aggregate Count() => new("count", AggregateKind.CountAll, null);

    /// <summary>The number of values that are not null.</summary>
    /// <param name="value">The value.</param>
    public static Aggregate Count(Expr value) => Named(AggregateKind.Count, value);

    /// <summary>The number of different values that are not null.</summary>
    /// <param name="value">The value.</param>
    public static Aggregate CountDistinct(Expr value) => Named(AggregateKind.CountDistinct, value);

    /// <summary>The sum.</summary>
    /// <param name="value">The value.</param>
    public static Aggregate Sum(Expr value) => Named(AggregateKind.Sum, value);

    /// <summary>The mean.</summary>
    /// <param name="value">The value.</param>
    public static Aggregate Mean(Expr value) => Named(AggregateKind.Mean, value);

    /// <summary>The smallest value.</summary>
    /// <param name="value">The value.</param>
    public static Aggregate Min(Expr value) => Named(AggregateKind.Min, value);

    /// <summary>The largest value.</summary>
    /// <param name="value">The value.</param>
    public static Aggregate Max(Expr value) => Named(AggregateKind.Max, value);

    /// <summary>The sample standard deviation.</summary>
    /// <param name="value">The value.</param>
    public static Aggregate StandardDeviation(Expr value) => Named(AggregateKind.StandardDeviation, value);

    /// <summary>The sample variance.</summary>
    /// <param name="value">The value.</param>
    public static Aggregate Variance(Expr value) => Named(AggregateKind.Variance, value);

    /// <summary>The first value in row order that is not null.</summary>
    /// <param name="value">The value.</param>
    public static Aggregate First(Expr value) => Named(AggregateKind.First, value);

    /// <summary>The last value in row order that is not null.</summary>
    /// <param name="value">The value.</param>
    public static Aggregate Last(Expr value) => Named(AggregateKind.Last, value);

    /// <summary>The variance of the values themselves.</summary>
    /// <param name="value">The value.</param>
    public static Aggregate VariancePopulation(Expr value) => Named(AggregateKind.VariancePopulation, value);

    /// <summary>The standard deviation of the values themselves.</summary>
    /// <param name="value">The value.</param>
    public static Aggregate StandardDeviationPopulation(Expr value) => Named(AggregateKind.StandardDeviationPopulation, value);

    /// <summary>The middle value, halfway between the two middle ones if their number is even.</summary>
    /// <param name="value">The value.</param>
    public static Aggregate Median(Expr value) => Named(AggregateKind.Median, value);

    /// <summary>The value below which a fraction of the values lies, interpolated linearly between neighbours.</summary>
    /// <param name="value">The value.</param>
    /// <param name="fraction">Between 0, the smallest value, and 1, the largest.</param>
    public static Aggregate Quantile(Expr value, double fraction) => Named(AggregateKind.Quantile, value) with { Parameter = fraction };

    /// <summary>Pearson's correlation of two values, over rows in which neither is null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="other">The other value.</param>
    public static Aggregate Correlation(Expr value, Expr other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Named(AggregateKind.Correlation, value) with { Other = other };
    }

    /// <summary>The largest values, largest first, as a list.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">How many at most; 1 to 1,000.</param>
    public static Aggregate Largest(Expr value, int count) => Named(AggregateKind.Largest, value) with { Parameter = count };

    /// <summary>The smallest values, smallest first, as a list.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">How many at most; 1 to 1,000.</param>
    public static Aggregate Smallest(Expr value, int count) => Named(AggregateKind.Smallest, value) with { Parameter = count };

    /// <summary>The number of different values that are not null, estimated in bounded memory with a standard error of 2.3 %.</summary>
    /// <param name="value">The value.</param>
    public static Aggregate ApproximateCountDistinct(Expr value) => Named(AggregateKind.ApproximateCountDistinct, value);

    /// <summary>Whether any value is true.</summary>
    /// <param name="value">The condition.</param>
    public static Aggregate Any(Expr value) => Named(AggregateKind.Any, value);

    /// <summary>Whether all values are true.</summary>
    /// <param name="value">The condition.</param>
    public static Aggregate All(Expr value) => Named(AggregateKind.All, value);

    /// <summary>The same aggregate under another name.</summary>
    /// <param name="name">The output column.</param>
    public Aggregate As(string name) => this with { Name = name };

    /// <summary>The canonical text.</summary>
    public override string ToString()
    {
        var parameter = Kind is AggregateKind.Quantile or AggregateKind.Largest or AggregateKind.Smallest
            ? " " + Parameter.ToString("R", CultureInfo.InvariantCulture)
            : string.Empty;
        var values = string.Concat(new[] { Value, Other }.OfType<Expr>().Select(v => " " + v.Canonical));
        return $"({KindName(Kind)} {CanonicalWriter.Quote(Name)}{values}{parameter})";
    }

    internal static string KindName(AggregateKind kind) => ColumnNames.Of(kind.ToString());

    /// <summary>The name of an aggregate that was given none.</summary>
    internal static string DefaultName(AggregateKind kind, Expr? value) =>
        kind == AggregateKind.CountAll ? "count" : KindName(kind) + (value is ColumnExpr column ? "_" + column.Name : string.Empty);

    private static Aggregate Named(AggregateKind kind, Expr value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Aggregate(DefaultName(kind, value), kind, value);
    }
}
