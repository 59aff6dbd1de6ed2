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

    /// <summary>The same aggregate under another name.</summary>
    /// <param name="name">The output column.</param>
    public Aggregate As(string name) => this with { Name = name };

    /// <summary>The canonical text.</summary>
    public override string ToString() => $"({KindName(Kind)} {CanonicalWriter.Quote(Name)}{(Value is null ? "" : " " + Value.Canonical)})";

    internal static string KindName(AggregateKind kind) => ColumnNames.Of(kind.ToString());

    private static Aggregate Named(AggregateKind kind, Expr value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var suffix = value is ColumnExpr column ? "_" + column.Name : string.Empty;
        return new Aggregate(KindName(kind) + suffix, kind, value);
    }
}
