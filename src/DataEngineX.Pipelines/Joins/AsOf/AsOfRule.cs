using Apache.Arrow.Types;

namespace DataEngineX.Pipelines;

/// <summary>Which right row an as-of join takes.</summary>
/// <param name="Direction">Where to look.</param>
/// <param name="AllowsExact">Whether the very time of the left row matches.</param>
/// <param name="TimeType">The type both times are brought to: 64-bit integers, or a decimal.</param>
/// <param name="Measure">How far times are apart, and may be.</param>
internal sealed record AsOfRule(AsOfDirection Direction, bool AllowsExact, IArrowType TimeType, AsOfMeasure Measure)
{
    /// <summary>Whether times take 128 bits.</summary>
    public bool IsWide => TimeType is Decimal128Type;
}
