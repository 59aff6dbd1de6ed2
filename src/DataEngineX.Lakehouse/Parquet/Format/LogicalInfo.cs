using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Parquet.Format;

/// <summary>The meaning of a column's values, whether the file says it in the new words or the old.</summary>
/// <param name="Kind">What the values are.</param>
/// <param name="Unit">The unit of times and timestamps.</param>
/// <param name="IsUtc">Whether times and timestamps are instants.</param>
/// <param name="BitWidth">The width of integers.</param>
/// <param name="IsSigned">Whether integers have a sign.</param>
/// <param name="Precision">The digits of decimals.</param>
/// <param name="Scale">The decimal places.</param>
internal readonly record struct LogicalInfo(
    LogicalKind Kind, TimeUnit Unit = TimeUnit.Microsecond, bool IsUtc = false, int BitWidth = 0, bool IsSigned = true, int Precision = 0, int Scale = 0)
{
    /// <summary>What the converted type of older writers means.</summary>
    internal static LogicalInfo OfConverted(int converted, int precision, int scale) => converted switch
    {
        0 => new(LogicalKind.Text),
        1 or 2 => new(LogicalKind.Map),
        3 => new(LogicalKind.List),
        4 => new(LogicalKind.Enum),
        5 => new(LogicalKind.Decimal, Precision: precision, Scale: scale),
        6 => new(LogicalKind.Date),
        7 => new(LogicalKind.Time, TimeUnit.Millisecond, IsUtc: true),
        8 => new(LogicalKind.Time, TimeUnit.Microsecond, IsUtc: true),
        9 => new(LogicalKind.Timestamp, TimeUnit.Millisecond, IsUtc: true),
        10 => new(LogicalKind.Timestamp, TimeUnit.Microsecond, IsUtc: true),
        >= 11 and <= 14 => new(LogicalKind.Integer, BitWidth: 8 << (converted - 11), IsSigned: false),
        >= 15 and <= 18 => new(LogicalKind.Integer, BitWidth: 8 << (converted - 15)),
        19 => new(LogicalKind.Json),
        20 => new(LogicalKind.Bson),
        _ => new(LogicalKind.None),
    };
}
