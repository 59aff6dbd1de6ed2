using System.Text.Json;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>The changes of a column's type after which older data files are still read.</summary>
internal static class TypeWidening
{
    /// <summary>Where the schema text keeps the types that a column had.</summary>
    internal const string Changes = "delta.typeChanges";

    /// <summary>The first change that a column went through and that is not read, or null.</summary>
    internal static string? Unsupported(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object || !metadata.TryGetProperty(Changes, out var changes) || changes.ValueKind != JsonValueKind.Array)
            return null;
        foreach (var change in changes.EnumerateArray())
        {
            var from = change.GetProperty("fromType").GetString() ?? "";
            var to = change.GetProperty("toType").GetString() ?? "";
            if (DeltaTypes.Primitive(from) is not { } source || DeltaTypes.Primitive(to) is not { } target || !(IsWider(source, target) || Holds(source, target)))
                return $"from {from} to {to}";
        }

        return null;
    }

    /// <summary>Whether every value of one type is a value of the other.</summary>
    internal static bool IsWider(IArrowType from, IArrowType to) => (from, to) switch
    {
        (Int8Type, Int16Type or Int32Type or Int64Type) => true,
        (Int16Type, Int32Type or Int64Type) => true,
        (Int32Type, Int64Type) => true,
        (FloatType or Int8Type or Int16Type or Int32Type, DoubleType) => true,
        (Date32Type, TimestampType { Timezone: null or "" }) => true,
        (Decimal128Type source, Decimal128Type target) => Places(source.Precision, source.Scale, target),
        (Int8Type or Int16Type or Int32Type, Decimal128Type target) => Places(10, 0, target),
        (Int64Type, Decimal128Type target) => Places(20, 0, target),
        (NullType, _) => true,
        _ => false,
    };

    /// <summary>
    /// Whether a decimal has room for all whole numbers of a type. The protocol wants ten digits for the small ones too, but a file of such a change,
    /// which some writers made, can be read.
    /// </summary>
    private static bool Holds(IArrowType from, IArrowType to) => (from, to) switch
    {
        (Int8Type, Decimal128Type target) => Places(3, 0, target),
        (Int16Type, Decimal128Type target) => Places(5, 0, target),
        (Int64Type, Decimal128Type target) => Places(19, 0, target),
        _ => false,
    };

    private static bool Places(int precision, int scale, Decimal128Type target) =>
        target.Scale >= scale && target.Precision - target.Scale >= precision - scale;
}
