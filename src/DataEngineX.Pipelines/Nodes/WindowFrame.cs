using System.Globalization;

namespace DataEngineX.Pipelines;

/// <summary>
/// The rows around a row that a rolling column looks at. Both ends are included. Distances of rows count rows; distances of a range are compared
/// with the single order key, so rows with equal keys are in or out together, and rows without a key have a frame of their own. A negative
/// distance turns to the other side: <c>Rows(7, -1)</c> is the seven rows before, without this one.
/// </summary>
public sealed record WindowFrame
{
    private WindowFrame(WindowFrameUnit unit, decimal? preceding, decimal? following)
    {
        if (preceding is { } before && following is { } after && before + after < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(preceding), $"A frame from {Number(before)} before to {Number(after)} after ends before it begins.");
        }

        Unit = unit;
        Preceding = preceding;
        Following = following;
    }

    /// <summary>All rows of the partition.</summary>
    public static WindowFrame Partition { get; } = new(WindowFrameUnit.Rows, null, null);

    /// <summary>The rows of the partition up to this one.</summary>
    public static WindowFrame Running { get; } = new(WindowFrameUnit.Rows, null, 0);

    /// <summary>What distances count.</summary>
    public WindowFrameUnit Unit { get; }

    /// <summary>How far the frame reaches back: rows, a number, or ticks of 100 ns; null for the start of the partition.</summary>
    public decimal? Preceding { get; }

    /// <summary>How far it reaches ahead: rows, a number, or ticks of 100 ns; null for the end of the partition.</summary>
    public decimal? Following { get; }

    /// <summary>This row and so many before.</summary>
    /// <param name="preceding">How many rows before.</param>
    public static WindowFrame Rows(int preceding) => Rows(preceding, 0);

    /// <summary>This row, so many before and so many after.</summary>
    /// <param name="preceding">How many rows before; null for all.</param>
    /// <param name="following">How many rows after; null for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The frame would end before it begins.</exception>
    public static WindowFrame Rows(int? preceding, int? following) => new(WindowFrameUnit.Rows, preceding, following);

    /// <summary>The rows whose order key is at most so much before that of this row, and its equals.</summary>
    /// <param name="preceding">How much before.</param>
    public static WindowFrame Range(double preceding) => Range(preceding, 0);

    /// <summary>The rows whose order key is at most so much before or after that of this row.</summary>
    /// <param name="preceding">How much before; null for all rows before.</param>
    /// <param name="following">How much after; null for all rows after.</param>
    /// <exception cref="ArgumentOutOfRangeException">A distance is no number, or the frame would end before it begins.</exception>
    public static WindowFrame Range(double? preceding, double? following) =>
        new(WindowFrameUnit.Range, Exact(preceding, nameof(preceding)), Exact(following, nameof(following)));

    /// <summary>The rows whose order key is at most so long before that of this row, and its equals.</summary>
    /// <param name="preceding">How long before.</param>
    public static WindowFrame Range(TimeSpan preceding) => Range(preceding, TimeSpan.Zero);

    /// <summary>The rows whose order key is at most so long before or after that of this row.</summary>
    /// <param name="preceding">How long before; null for all rows before.</param>
    /// <param name="following">How long after; null for all rows after.</param>
    /// <exception cref="ArgumentOutOfRangeException">The frame would end before it begins.</exception>
    public static WindowFrame Range(TimeSpan? preceding, TimeSpan? following) => new(WindowFrameUnit.Time, preceding?.Ticks, following?.Ticks);

    /// <summary>The canonical text.</summary>
    public override string ToString() =>
        $"{Unit.ToString().ToLowerInvariant()} {(Preceding is { } before ? Number(before) : "all")} {(Following is { } after ? Number(after) : "all")}";

    private static string Number(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    private static decimal? Exact(double? distance, string name) => distance switch
    {
        null => null,
        > -7e28 and < 7e28 => (decimal)distance.Value,
        _ => throw new ArgumentOutOfRangeException(name, distance, "The distance of a frame is a number; null stands for all rows."),
    };
}
