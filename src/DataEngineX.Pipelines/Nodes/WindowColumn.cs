using System.Globalization;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>One column computed over the rows of a partition.</summary>
/// <param name="Name">The output column.</param>
/// <param name="Kind">What is computed.</param>
/// <param name="Value">The value; null only for what numbers rows.</param>
/// <param name="Rows">For a lag or lead the distance, for a rolling frame its length, this row included, for tiles how many.</param>
/// <param name="MinRows">For a rolling frame: with fewer values that are not null the result is null.</param>
public sealed record WindowColumn(string Name, WindowKind Kind, Expr? Value, int Rows = 1, int MinRows = 1)
{
    /// <summary>The value so many rows before.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The distance, at least 1.</param>
    public static WindowColumn Lag(Expr value, int rows = 1) => Create(WindowKind.Lag, value, rows, 1);

    /// <summary>The mean of a rolling frame.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 0, the whole frame.</value></param>
    public static WindowColumn RollingMean(Expr value, int rows, int minRows = 0) => Create(WindowKind.RollingMean, value, rows, minRows);

    /// <summary>The sum of a rolling frame.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 0, the whole frame.</value></param>
    public static WindowColumn RollingSum(Expr value, int rows, int minRows = 0) => Create(WindowKind.RollingSum, value, rows, minRows);

    /// <summary>The smallest value of a rolling frame.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 0, the whole frame.</value></param>
    public static WindowColumn RollingMin(Expr value, int rows, int minRows = 0) => Create(WindowKind.RollingMin, value, rows, minRows);

    /// <summary>The largest value of a rolling frame.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 0, the whole frame.</value></param>
    public static WindowColumn RollingMax(Expr value, int rows, int minRows = 0) => Create(WindowKind.RollingMax, value, rows, minRows);

    /// <summary>The sample standard deviation of a rolling frame.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">With fewer values the result is null. <value>Default: 0, the whole frame.</value></param>
    public static WindowColumn RollingStandardDeviation(Expr value, int rows, int minRows = 0) => Create(WindowKind.RollingStandardDeviation, value, rows, minRows);

    /// <summary>The value so many rows after.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The distance, at least 1.</param>
    public static WindowColumn Lead(Expr value, int rows = 1) => Create(WindowKind.Lead, value, rows, 1);

    /// <summary>The value of the partition's first row.</summary>
    /// <param name="value">The value.</param>
    public static WindowColumn First(Expr value) => Create(WindowKind.First, value, 1, 1);

    /// <summary>The value of the partition's last row.</summary>
    /// <param name="value">The value.</param>
    public static WindowColumn Last(Expr value) => Create(WindowKind.Last, value, 1, 1);

    /// <summary>The sum up to this row: int64 or uint64 of integers, exact, else double.</summary>
    /// <param name="value">The value.</param>
    public static WindowColumn RunningSum(Expr value) => Create(WindowKind.RunningSum, value, 1, 1);

    /// <summary>The mean up to this row.</summary>
    /// <param name="value">The value.</param>
    public static WindowColumn RunningMean(Expr value) => Create(WindowKind.RunningMean, value, 1, 1);

    /// <summary>The number of values up to this row that are not null.</summary>
    /// <param name="value">The value.</param>
    public static WindowColumn RunningCount(Expr value) => Create(WindowKind.RunningCount, value, 1, 1);

    /// <summary>The rank by the order keys, from 1; equal rows share it, and as many numbers are left out.</summary>
    public static WindowColumn Rank() => new("rank", WindowKind.Rank, null);

    /// <summary>The rank by the order keys, from 1; equal rows share it, and no number is left out.</summary>
    public static WindowColumn DenseRank() => new("dense_rank", WindowKind.DenseRank, null);

    /// <summary>The rank from 0 to 1.</summary>
    public static WindowColumn PercentRank() => new("percent_rank", WindowKind.PercentRank, null);

    /// <summary>The number, from 1, of the one of so many tiles of nearly equal size that the row is in.</summary>
    /// <param name="tiles">How many tiles, at least 1.</param>
    public static WindowColumn Tile(int tiles)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tiles, 1);
        return new WindowColumn("tile", WindowKind.Tile, null, tiles);
    }

    /// <summary>The number of the row in its partition, from 1.</summary>
    public static WindowColumn RowNumber() => new("row_number", WindowKind.RowNumber, null);

    /// <summary>The same column under another name.</summary>
    /// <param name="name">The output column.</param>
    public WindowColumn As(string name) => this with { Name = name };

    /// <summary>The canonical text.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"({ColumnNames.Of(Kind.ToString())} {CanonicalWriter.Quote(Name)} {Value?.Canonical ?? "-"} {Rows} {MinRows})");

    internal static WindowColumn Create(WindowKind kind, Expr value, int rows, int minRows)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(minRows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minRows, rows);
        var name = string.Create(CultureInfo.InvariantCulture, $"{(value is ColumnExpr c ? c.Name + "_" : "")}{ColumnNames.Of(kind.ToString())}_{rows}");
        return new WindowColumn(name, kind, value, rows, minRows == 0 ? (kind is WindowKind.Lag or WindowKind.Lead ? 1 : rows) : minRows);
    }
}
