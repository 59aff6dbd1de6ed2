using System.Globalization;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>One column computed over the rows of a partition.</summary>
/// <param name="Name">The output column.</param>
/// <param name="Kind">What is computed.</param>
/// <param name="Value">The value; null only for what numbers rows.</param>
/// <param name="Rows">For a lag or lead the distance, for a rolling frame its length, this row included, for tiles how many, for an n-th row n.</param>
/// <param name="MinRows">For a rolling frame: with fewer values that are not null the result is null.</param>
public sealed partial record WindowColumn(string Name, WindowKind Kind, Expr? Value, int Rows = 1, int MinRows = 1)
{
    /// <summary>The rows a rolling column looks at. <value>Default: null, this row and those before it, <see cref="Rows"/> in all.</value></summary>
    public WindowFrame? Frame { get; init; }

    /// <summary>The value so many rows before.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rows">The distance, at least 1.</param>
    public static WindowColumn Lag(Expr value, int rows = 1) => Create(WindowKind.Lag, value, rows, 1);

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

    /// <summary>The value of the partition's n-th row; null in a shorter partition.</summary>
    /// <param name="value">The value.</param>
    /// <param name="n">Which row, from 1.</param>
    public static WindowColumn NthValue(Expr value, int n) => Create(WindowKind.NthValue, value, n, 1);

    /// <summary>The rank by the order keys, from 1; equal rows share it, and as many numbers are left out.</summary>
    public static WindowColumn Rank() => new("rank", WindowKind.Rank, null);

    /// <summary>The rank by the order keys, from 1; equal rows share it, and no number is left out.</summary>
    public static WindowColumn DenseRank() => new("dense_rank", WindowKind.DenseRank, null);

    /// <summary>The rank from 0 to 1.</summary>
    public static WindowColumn PercentRank() => new("percent_rank", WindowKind.PercentRank, null);

    /// <summary>The share of the partition's rows that stand not after the row or its equals: above 0, at most 1.</summary>
    public static WindowColumn CumeDist() => new("cume_dist", WindowKind.CumeDist, null);

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
        CultureInfo.InvariantCulture,
        $"({ColumnNames.Of(Kind.ToString())} {CanonicalWriter.Quote(Name)} {Value?.Canonical ?? "-"} {Rows} {MinRows}{(Frame is null ? "" : " ")}{Frame})");

    /// <summary>Which row of its frame the value is of.</summary>
    internal int Nth() => Kind is WindowKind.NthValue or WindowKind.RollingNth ? Rows : 1;

    internal static WindowColumn Create(WindowKind kind, Expr value, int rows, int minRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(minRows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minRows, rows);
        var name = string.Create(CultureInfo.InvariantCulture, $"{NameOf(kind, value)}_{rows}");
        var isFrame = kind.ToString().StartsWith("Rolling", StringComparison.Ordinal);
        return new WindowColumn(name, kind, value, rows, minRows == 0 ? (isFrame ? rows : 1) : minRows);
    }

    private static string NameOf(WindowKind kind, Expr value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (value is ColumnExpr column ? column.Name + "_" : "") + ColumnNames.Of(kind.ToString());
    }
}
