using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Quality;

/// <summary>What a state needs to know of a column to be read back without its schema.</summary>
/// <remarks>Values of fixed width are handled as an "ordered" 64-bit number: it sorts as the value does, and has one zero.</remarks>
/// <param name="Name">The column.</param>
/// <param name="Type">Its type by its canonical name.</param>
/// <param name="IsNullable">Whether the schema allows nulls.</param>
/// <param name="Kind">What the values are.</param>
/// <param name="Unit">Units in a second for times, the scale for decimals, 1 for unsigned integers of 64 bits, else 0.</param>
internal sealed record ColumnShape(string Name, string Type, bool IsNullable, ValueKind Kind, long Unit)
{
    public bool IsNumber => Kind is ValueKind.Integer or ValueKind.Float or ValueKind.Decimal;

    public bool IsTime => Kind is ValueKind.Date or ValueKind.Timestamp or ValueKind.Time or ValueKind.Duration;

    public bool HasZone => Kind == ValueKind.Timestamp && Type.Contains(',', StringComparison.Ordinal);

    private bool IsUnsigned => Kind == ValueKind.Integer && Unit == 1;

    public static ColumnShape Of(Field field)
    {
        var type = field.DataType is DictionaryType dictionary ? dictionary.ValueType : field.DataType;
        var (kind, unit) = type switch
        {
            BooleanType => (ValueKind.Boolean, 0L),
            UInt64Type => (ValueKind.Integer, 1),
            Int8Type or Int16Type or Int32Type or Int64Type or UInt8Type or UInt16Type or UInt32Type => (ValueKind.Integer, 0),
            DoubleType or FloatType or HalfFloatType => (ValueKind.Float, 0),
            Decimal128Type d => (ValueKind.Decimal, d.Scale),
            Date32Type => (ValueKind.Date, 0),
            Date64Type => (ValueKind.Timestamp, 1_000),
            TimestampType t => (ValueKind.Timestamp, PerSecond(t.Unit)),
            Time32Type t => (ValueKind.Time, PerSecond(t.Unit)),
            Time64Type t => (ValueKind.Time, PerSecond(t.Unit)),
            DurationType t => (ValueKind.Duration, PerSecond(t.Unit)),
            StringType => (ValueKind.Text, 0),
            BinaryType => (ValueKind.Binary, 0),
            ListType => (ValueKind.List, 0),
            _ => (ValueKind.Other, 0),
        };
        return new ColumnShape(field.Name, ArrowTypes.NameOf(type), field.IsNullable, kind, unit);
    }

    public static long OrderedOf(double value)
    {
        // Adding zero makes the negative zero a positive one.
        var bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return bits ^ ((bits >> 63) & long.MaxValue);
    }

    public static double FloatOf(long ordered) => BitConverter.Int64BitsToDouble(ordered ^ ((ordered >> 63) & long.MaxValue));

    /// <summary>The value as a number: times in their unit, dates in days since 1970.</summary>
    public double NumberOf(long ordered) => Kind switch
    {
        ValueKind.Float => FloatOf(ordered),
        ValueKind.Decimal => ordered / Math.Pow(10, Unit),
        _ => IsUnsigned ? (ulong)ordered ^ (1UL << 63) : ordered,
    };

    /// <summary>The value as text: shortest for floats, ISO 8601 for times.</summary>
    public string TextOf(long ordered) => Kind switch
    {
        ValueKind.Float => FloatOf(ordered).ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Decimal => TimeTexts.Decimal(ordered, (int)Unit),
        ValueKind.Integer when IsUnsigned => ((ulong)ordered ^ (1UL << 63)).ToString(CultureInfo.InvariantCulture),
        ValueKind.Date => TimeTexts.Date(ordered),
        ValueKind.Timestamp => TimeTexts.Instant(ordered, Unit, HasZone),
        ValueKind.Time => TimeTexts.Clock(ordered, Unit),
        ValueKind.Duration => TimeTexts.Duration(ordered, Unit),
        _ => ordered.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A number between values, such as a quantile, as text.</summary>
    public string TextOfNumber(double value) => IsTime && double.IsFinite(value)
        ? TextOf((long)Math.Round(value))
        : value.ToString("R", CultureInfo.InvariantCulture);

    public void Save(BinaryWriter writer)
    {
        writer.Write(Name);
        writer.Write(Type);
        writer.Write(IsNullable);
        writer.Write((byte)Kind);
        writer.Write(Unit);
    }

    public static ColumnShape Load(BinaryReader reader)
    {
        var shape = new ColumnShape(reader.ReadString(), reader.ReadString(), reader.ReadBoolean(), (ValueKind)reader.ReadByte(), reader.ReadInt64());
        return Enum.IsDefined(shape.Kind) && shape.Unit is >= -100 and <= 1_000_000_000
            ? shape
            : throw new FormatException($"Column '{shape.Name}' of the state has no known kind of values.");
    }

    private static long PerSecond(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => 1,
        TimeUnit.Millisecond => 1_000,
        TimeUnit.Microsecond => 1_000_000,
        _ => 1_000_000_000,
    };
}
