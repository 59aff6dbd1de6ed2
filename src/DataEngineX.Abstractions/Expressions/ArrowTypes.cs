using System.Globalization;
using Apache.Arrow.Types;

namespace DataEngineX.Expressions;

/// <summary>Names of Arrow types and their CLR twins.</summary>
public static class ArrowTypes
{
    /// <summary>A timestamp in microseconds, UTC: the type of <see cref="DateTimeOffset"/>.</summary>
    public static TimestampType TimestampUtc { get; } = new(TimeUnit.Microsecond, "UTC");

    /// <summary>A timestamp in microseconds without zone: the type of <see cref="DateTime"/>.</summary>
    public static TimestampType TimestampLocal { get; } = new(TimeUnit.Microsecond, (string?)null);

    /// <summary>The column type of a CLR type.</summary>
    /// <param name="type">A CLR type; a nullable one counts as its underlying type.</param>
    /// <exception cref="ArgumentException">The CLR type has no column type.</exception>
    public static IArrowType FromClr(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var clr = Nullable.GetUnderlyingType(type) ?? type;
        return TryFromClr(clr) ?? throw new ArgumentException(
            $"The CLR type {clr.FullName} has no column type; use bool, an integer, float, double, decimal, string, byte[], DateOnly, TimeOnly, DateTime, DateTimeOffset or TimeSpan.",
            nameof(type));
    }

    /// <summary>The canonical name of a type, such as <c>int64</c>, <c>utf8</c> or <c>timestamp[us, UTC]</c>.</summary>
    /// <param name="type">The type.</param>
    public static string NameOf(IArrowType type) => type switch
    {
        null => throw new ArgumentNullException(nameof(type)),
        BooleanType => "bool",
        TimestampType timestamp => timestamp.Timezone is null or "" ? $"timestamp[{Unit(timestamp.Unit)}]" : $"timestamp[{Unit(timestamp.Unit)}, {timestamp.Timezone}]",
        Decimal128Type d => string.Create(CultureInfo.InvariantCulture, $"decimal({d.Precision},{d.Scale})"),
        Time32Type time => $"time32[{Unit(time.Unit)}]",
        Time64Type time => $"time64[{Unit(time.Unit)}]",
        DurationType duration => $"duration[{Unit(duration.Unit)}]",
        ListType list => $"list<{NameOf(list.ValueDataType)}>",
        MapType map => $"map<{NameOf(map.KeyField.DataType)}, {NameOf(map.ValueField.DataType)}>",
        DictionaryType dictionary => $"dictionary<{NameOf(dictionary.ValueType)}>",
        StructType structure => $"struct<{string.Join(", ", structure.Fields.Select(f => $"{f.Name}: {NameOf(f.DataType)}"))}>",
        _ => type.Name,
    };

    /// <summary>Whether two types are the same in every parameter.</summary>
    /// <param name="left">One type.</param>
    /// <param name="right">The other type.</param>
    public static bool Same(IArrowType left, IArrowType right) => string.Equals(NameOf(left), NameOf(right), StringComparison.Ordinal);

    private static IArrowType? TryFromClr(Type clr) => Type.GetTypeCode(clr) switch
    {
        TypeCode.Boolean => BooleanType.Default,
        TypeCode.SByte => Int8Type.Default,
        TypeCode.Int16 => Int16Type.Default,
        TypeCode.Int32 => Int32Type.Default,
        TypeCode.Int64 => Int64Type.Default,
        TypeCode.Byte => UInt8Type.Default,
        TypeCode.UInt16 => UInt16Type.Default,
        TypeCode.UInt32 => UInt32Type.Default,
        TypeCode.UInt64 => UInt64Type.Default,
        TypeCode.Single => FloatType.Default,
        TypeCode.Double => DoubleType.Default,
        TypeCode.Decimal => new Decimal128Type(38, 18),
        TypeCode.String => StringType.Default,
        TypeCode.DateTime => TimestampLocal,
        _ when clr == typeof(DateOnly) => Date32Type.Default,
        _ when clr == typeof(DateTimeOffset) => TimestampUtc,
        _ when clr == typeof(TimeOnly) => new Time64Type(TimeUnit.Microsecond),
        _ when clr == typeof(TimeSpan) => DurationType.Microsecond,
        _ when clr == typeof(byte[]) => BinaryType.Default,
        _ => null,
    };

    private static string Unit(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => "s",
        TimeUnit.Millisecond => "ms",
        TimeUnit.Microsecond => "us",
        _ => "ns",
    };
}
