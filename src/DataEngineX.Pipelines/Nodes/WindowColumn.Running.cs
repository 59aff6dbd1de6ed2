using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <content>Columns over the rows of the partition up to each row.</content>
public sealed partial record WindowColumn
{
    /// <summary>The sum up to this row: int64 or uint64 of integers and decimal of decimals, exact, else double.</summary>
    /// <param name="value">The value.</param>
    public static WindowColumn RunningSum(Expr value) => Create(WindowKind.RunningSum, value, 1, 1);

    /// <summary>The mean up to this row.</summary>
    /// <param name="value">The value.</param>
    public static WindowColumn RunningMean(Expr value) => Create(WindowKind.RunningMean, value, 1, 1);

    /// <summary>The number of values up to this row that are not null.</summary>
    /// <param name="value">The value.</param>
    public static WindowColumn RunningCount(Expr value) => Create(WindowKind.RunningCount, value, 1, 1);

    /// <summary>The smallest value up to this row, in its own type.</summary>
    /// <param name="value">The value.</param>
    public static WindowColumn RunningMin(Expr value) => Create(WindowKind.RunningMin, value, 1, 1);

    /// <summary>The largest value up to this row, in its own type.</summary>
    /// <param name="value">The value.</param>
    public static WindowColumn RunningMax(Expr value) => Create(WindowKind.RunningMax, value, 1, 1);

    /// <summary>The sample variance up to this row; null before the second value.</summary>
    /// <param name="value">The value.</param>
    public static WindowColumn RunningVariance(Expr value) => Create(WindowKind.RunningVariance, value, 1, 1);

    /// <summary>The sample standard deviation up to this row; null before the second value.</summary>
    /// <param name="value">The value.</param>
    public static WindowColumn RunningStandardDeviation(Expr value) => Create(WindowKind.RunningStandardDeviation, value, 1, 1);
}
