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
internal sealed record ColumnShape(string Name, string Type, bool IsNullable, ColumnKind Kind, long Unit)
{
    public bool IsNumber => Kind is ColumnKind.Integer or ColumnKind.Float or ColumnKind.Decimal;

    public bool IsTime => Kind is ColumnKind.Date or ColumnKind.Timestamp or ColumnKind.Time or ColumnKind.Duration;

    public bool HasZone => Kind == ColumnKind.Timestamp && Type.Contains(',', StringComparison.Ordinal);

    private bool IsUnsigned => Kind == ColumnKind.Integer && Unit == 1;

    public static ColumnShape Of(Field field)
    {
        var type = field.DataType is DictionaryType dictionary ? dictionary.ValueType : field.DataType;
        var (kind, unit) = type switch
        {
            BooleanType => (ColumnKind.Boolean, 0L),
            UInt64Type => (ColumnKind.Integer, 1),
            Int8Type or Int16Type or Int32Type or Int64Type or UInt8Type or UInt16Type or UInt32Type => (ColumnKind.Integer, 0),
            DoubleType or FloatType or HalfFloatType => (ColumnKind.Float, 0),
            Decimal128Type d => (ColumnKind.Decimal, d.Scale),
            Date32Type => (ColumnKind.Date, 0),
            Date64Type => (ColumnKind.Timestamp, 1_000),
            TimestampType t => (ColumnKind.Timestamp, PerSecond(t.Unit)),
            Time32Type t => (ColumnKind.Time, PerSecond(t.Unit)),
            Time64Type t => (ColumnKind.Time, PerSecond(t.Unit)),
            DurationType t => (ColumnKind.Duration, PerSecond(t.Unit)),
            StringType => (ColumnKind.Text, 0),
            BinaryType => (ColumnKind.Binary, 0),
            ListType => (ColumnKind.List, 0),
            _ => (ColumnKind.Other, 0),
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
        ColumnKind.Float => FloatOf(ordered),
        ColumnKind.Decimal => ordered / Math.Pow(10, Unit),
        _ => IsUnsigned ? (ulong)ordered ^ (1UL << 63) : ordered,
    };

    /// <summary>The value as text: shortest for floats, ISO 8601 for times.</summary>
    public string TextOf(long ordered) => Kind switch
    {
        ColumnKind.Float => FloatOf(ordered).ToString("R", CultureInfo.InvariantCulture),
        ColumnKind.Decimal => TimeTexts.Decimal(ordered, (int)Unit),
        ColumnKind.Integer when IsUnsigned => ((ulong)ordered ^ (1UL << 63)).ToString(CultureInfo.InvariantCulture),
        ColumnKind.Date => TimeTexts.Date(ordered),
        ColumnKind.Timestamp => TimeTexts.Instant(ordered, Unit, HasZone),
        ColumnKind.Time => TimeTexts.Clock(ordered, Unit),
        ColumnKind.Duration => TimeTexts.Duration(ordered, Unit),
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
        var shape = new ColumnShape(reader.ReadString(), reader.ReadString(), reader.ReadBoolean(), (ColumnKind)reader.ReadByte(), reader.ReadInt64());
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
