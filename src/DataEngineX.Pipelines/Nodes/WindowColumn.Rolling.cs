using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <content>
/// Columns over a frame. With a number of rows the frame is this row and those before it, and all of them must have values unless
/// <c>minRows</c> says otherwise; with a <see cref="WindowFrame"/> one value is enough.
/// </content>
public sealed partial record WindowColumn
{
    /// <summary>The mean of a frame.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 0, the whole frame.</value></param>
    public static WindowColumn RollingMean(Expr value, int rows, int minRows = 0) => Create(WindowKind.RollingMean, value, rows, minRows);

    /// <summary>The mean of a frame.</summary>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 1.</value></param>
    public static WindowColumn RollingMean(Expr value, WindowFrame frame, int minRows = 1) =>
        Over(WindowKind.RollingMean, value, frame, minRows);

    /// <summary>The sum of a frame: int64 or uint64 of integers and decimal of decimals, exact, else double.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 0, the whole frame.</value></param>
    public static WindowColumn RollingSum(Expr value, int rows, int minRows = 0) => Create(WindowKind.RollingSum, value, rows, minRows);

    /// <summary>The sum of a frame: int64 or uint64 of integers and decimal of decimals, exact, else double.</summary>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 1.</value></param>
    public static WindowColumn RollingSum(Expr value, WindowFrame frame, int minRows = 1) =>
        Over(WindowKind.RollingSum, value, frame, minRows);

    /// <summary>The smallest value of a frame, in its own type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 0, the whole frame.</value></param>
    public static WindowColumn RollingMin(Expr value, int rows, int minRows = 0) => Create(WindowKind.RollingMin, value, rows, minRows);

    /// <summary>The smallest value of a frame, in its own type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 1.</value></param>
    public static WindowColumn RollingMin(Expr value, WindowFrame frame, int minRows = 1) =>
        Over(WindowKind.RollingMin, value, frame, minRows);

    /// <summary>The largest value of a frame, in its own type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 0, the whole frame.</value></param>
    public static WindowColumn RollingMax(Expr value, int rows, int minRows = 0) => Create(WindowKind.RollingMax, value, rows, minRows);

    /// <summary>The largest value of a frame, in its own type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 1.</value></param>
    public static WindowColumn RollingMax(Expr value, WindowFrame frame, int minRows = 1) =>
        Over(WindowKind.RollingMax, value, frame, minRows);

    /// <summary>The sample variance of a frame; null of fewer than two values.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 0, the whole frame.</value></param>
    public static WindowColumn RollingVariance(Expr value, int rows, int minRows = 0) => Create(WindowKind.RollingVariance, value, rows, minRows);

    /// <summary>The sample variance of a frame; null of fewer than two values.</summary>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 1.</value></param>
    public static WindowColumn RollingVariance(Expr value, WindowFrame frame, int minRows = 1) =>
        Over(WindowKind.RollingVariance, value, frame, minRows);

    /// <summary>The variance of a frame as a whole population.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 0, the whole frame.</value></param>
    public static WindowColumn RollingVariancePopulation(Expr value, int rows, int minRows = 0) => Create(WindowKind.RollingVariancePopulation, value, rows, minRows);

    /// <summary>The variance of a frame as a whole population.</summary>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 1.</value></param>
    public static WindowColumn RollingVariancePopulation(Expr value, WindowFrame frame, int minRows = 1) =>
        Over(WindowKind.RollingVariancePopulation, value, frame, minRows);

    /// <summary>The sample standard deviation of a frame; null of fewer than two values.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 0, the whole frame.</value></param>
    public static WindowColumn RollingStandardDeviation(Expr value, int rows, int minRows = 0) => Create(WindowKind.RollingStandardDeviation, value, rows, minRows);

    /// <summary>The sample standard deviation of a frame; null of fewer than two values.</summary>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 1.</value></param>
    public static WindowColumn RollingStandardDeviation(Expr value, WindowFrame frame, int minRows = 1) =>
        Over(WindowKind.RollingStandardDeviation, value, frame, minRows);

    /// <summary>The standard deviation of a frame as a whole population.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 0, the whole frame.</value></param>
    public static WindowColumn RollingStandardDeviationPopulation(Expr value, int rows, int minRows = 0) => Create(WindowKind.RollingStandardDeviationPopulation, value, rows, minRows);

    /// <summary>The standard deviation of a frame as a whole population.</summary>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 1.</value></param>
    public static WindowColumn RollingStandardDeviationPopulation(Expr value, WindowFrame frame, int minRows = 1) =>
        Over(WindowKind.RollingStandardDeviationPopulation, value, frame, minRows);

    /// <summary>The number of values of a frame that are not null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    public static WindowColumn RollingCount(Expr value, int rows) => Create(WindowKind.RollingCount, value, rows, 1);

    /// <summary>The number of values of a frame that are not null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    public static WindowColumn RollingCount(Expr value, WindowFrame frame) => Over(WindowKind.RollingCount, value, frame, 1);

    /// <summary>The value of a frame's first row, null or not; null of an empty frame.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    public static WindowColumn RollingFirst(Expr value, int rows) => Create(WindowKind.RollingFirst, value, rows, 1);

    /// <summary>The value of a frame's first row, null or not; null of an empty frame.</summary>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    public static WindowColumn RollingFirst(Expr value, WindowFrame frame) => Over(WindowKind.RollingFirst, value, frame, 1);

    /// <summary>The value of a frame's last row, null or not; null of an empty frame.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    public static WindowColumn RollingLast(Expr value, int rows) => Create(WindowKind.RollingLast, value, rows, 1);

    /// <summary>The value of a frame's last row, null or not; null of an empty frame.</summary>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    public static WindowColumn RollingLast(Expr value, WindowFrame frame) => Over(WindowKind.RollingLast, value, frame, 1);

    /// <summary>The value of a frame's n-th row, null or not; null in a shorter frame.</summary>
    /// <param name="value">The value.</param>
    /// <param name="n">Which row, from 1.</param>
    /// <param name="frame">The rows of the frame.</param>
    public static WindowColumn RollingNth(Expr value, int n, WindowFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return Create(WindowKind.RollingNth, value, n, 1) with { Frame = frame };
    }

    /// <summary>A column over a frame. One of this row and those before is written as their number, which a plan has one form of.</summary>
    internal static WindowColumn Over(WindowKind kind, Expr value, WindowFrame frame, int minRows)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentOutOfRangeException.ThrowIfLessThan(minRows, 1);
        return frame is { Unit: WindowFrameUnit.Rows, Preceding: { } before and >= 0 and < int.MaxValue, Following: 0 }
            ? Create(kind, value, (int)before + 1, 1) with { MinRows = minRows }
            : new WindowColumn(NameOf(kind, value), kind, value, 1, minRows) { Frame = frame };
    }
}
