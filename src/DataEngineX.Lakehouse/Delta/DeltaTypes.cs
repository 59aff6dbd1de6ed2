using System.Globalization;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>The names that the log gives to types without parts.</summary>
internal static class DeltaTypes
{
    /// <summary>The type of a name, or null when it is none that is read.</summary>
    internal static IArrowType? Primitive(string name) => name switch
    {
        "boolean" => BooleanType.Default,
        "byte" => Int8Type.Default,
        "short" => Int16Type.Default,
        "integer" => Int32Type.Default,
        "long" => Int64Type.Default,
        "float" => FloatType.Default,
        "double" => DoubleType.Default,
        "string" => StringType.Default,
        "binary" => BinaryType.Default,
        "date" => Date32Type.Default,
        "timestamp" => ArrowTypes.TimestampUtc,
        "timestamp_ntz" => ArrowTypes.TimestampLocal,
        "void" => NullType.Default,
        "decimal" => new Decimal128Type(10, 0),
        _ => (IArrowType?)DecimalOf(name) ?? TextOf(name),
    };

    /// <summary>The name of a type, or null when tables do not have it.</summary>
    internal static string? NameOf(IArrowType type) => type switch
    {
        BooleanType => "boolean",
        Int8Type => "byte",
        Int16Type => "short",
        Int32Type => "integer",
        Int64Type => "long",
        FloatType => "float",
        DoubleType => "double",
        StringType => "string",
        BinaryType => "binary",
        Date32Type => "date",
        TimestampType { Unit: TimeUnit.Microsecond, Timezone: null or "" } => "timestamp_ntz",
        TimestampType { Unit: TimeUnit.Microsecond, Timezone: "UTC" } => "timestamp",
        Decimal128Type { Precision: <= 38, Scale: >= 0 } d when d.Scale <= d.Precision =>
            string.Create(CultureInfo.InvariantCulture, $"decimal({d.Precision},{d.Scale})"),
        _ => null,
    };

    private static Decimal128Type? DecimalOf(string name)
    {
        if (!name.StartsWith("decimal(", StringComparison.Ordinal) || !name.EndsWith(')'))
            return null;
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        return comma > 0
            && int.TryParse(name.AsSpan(8, comma - 8), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var precision)
            && int.TryParse(name.AsSpan(comma + 1, name.Length - comma - 2), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var scale)
            && precision is >= 1 and <= 38 && scale >= 0 && scale <= precision
            ? new Decimal128Type(precision, scale)
            : null;
    }

    // Lengths of texts are rules for writers; to readers such a column is a text.
    private static StringType? TextOf(string name) =>
        (name.StartsWith("char(", StringComparison.Ordinal) || name.StartsWith("varchar(", StringComparison.Ordinal)) && name.EndsWith(')')
            ? StringType.Default
            : null;
}
