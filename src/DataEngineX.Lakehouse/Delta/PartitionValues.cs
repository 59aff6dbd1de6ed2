using System.Globalization;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Reads the texts by which the log keeps partition values; times without a zone are taken as UTC.</summary>
internal static class PartitionValues
{
    /// <summary>The value as the CLR type of its column.</summary>
    /// <exception cref="DataEngineXException">The text is not one of the type.</exception>
    internal static object? Parse(Field field, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            var culture = CultureInfo.InvariantCulture;
            return field.DataType switch
            {
                StringType => text,
                BooleanType => bool.Parse(text),
                Int8Type => sbyte.Parse(text, culture),
                Int16Type => short.Parse(text, culture),
                Int32Type => int.Parse(text, culture),
                Int64Type => long.Parse(text, culture),
                FloatType => float.Parse(text, culture),
                DoubleType => double.Parse(text, culture),
                Decimal128Type => decimal.Parse(text, NumberStyles.Number | NumberStyles.AllowExponent, culture),
                Date32Type => DateOnly.Parse(text, culture),
                TimestampType { Timezone: null or "" } => DateTime.Parse(text, culture, DateTimeStyles.None),
                TimestampType => DateTimeOffset.Parse(text, culture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
                BinaryType => Encoding.UTF8.GetBytes(text),
                _ => throw new FormatException($"{field.DataType.Name} is no type of a partition column"),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new DataEngineXException($"The partition value '{text}' of column '{field.Name}' cannot be read: {e.Message}", e);
        }
    }
}
