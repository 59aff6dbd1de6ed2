using System.Globalization;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Sql;

/// <summary>Literals in the type of the column beside them.</summary>
internal static class SqlLiterals
{
    /// <summary>The value as the column has it, where it is the same value; else as it is.</summary>
    /// <exception cref="FormatException">A text is no value of the type.</exception>
    internal static object Fit(object value, IArrowType type) => (value, type) switch
    {
        (string text, not StringType) => Read(text, type),
        (decimal number, DoubleType) => (double)number,
        (decimal number, Int8Type or Int16Type or Int32Type or Int64Type) when number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue => (long)number,
        (DateOnly date, TimestampType { Timezone: null or "" }) => date.ToDateTime(TimeOnly.MinValue),
        (DateOnly date, TimestampType) => new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
        (DateTimeOffset time, TimestampType { Timezone: null or "" }) => DateTime.SpecifyKind(time.UtcDateTime, DateTimeKind.Unspecified),
        (DateTime time, TimestampType { Timezone: not (null or "") }) => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        _ => value,
    };

    private static object Read(string text, IArrowType type)
    {
        var culture = CultureInfo.InvariantCulture;
        try
        {
            return type switch
            {
                Date32Type => TimeTexts.ReadDay(text) ?? throw new FormatException("it has another form"),
                TimestampType { Timezone: null or "" } => TimeTexts.ReadClock(text) ?? throw new FormatException("it has another form"),
                TimestampType => TimeTexts.ReadInstant(text) ?? throw new FormatException("it has another form"),
                BooleanType => bool.Parse(text),
                Int8Type or Int16Type or Int32Type or Int64Type => long.Parse(text, culture),
                FloatType or DoubleType => double.Parse(text, NumberStyles.Float, culture),
                Decimal128Type => decimal.Parse(text, NumberStyles.Float, culture),
                _ => text,
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new FormatException($"'{text}' is no {ArrowTypes.NameOf(type)}", e);
        }
    }
}
