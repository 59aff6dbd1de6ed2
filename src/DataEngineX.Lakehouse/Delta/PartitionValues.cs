using System.Globalization;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>The texts by which the log keeps partition values. The empty text is null, whatever the type; times without a zone are taken as UTC.</summary>
internal static class PartitionValues
{
    /// <summary>Whether a column of the type can tell files apart.</summary>
    internal static bool Has(IArrowType type) => type is not NullType && DeltaTypes.NameOf(type) is not null;

    /// <summary>The text of the value in a row.</summary>
    /// <exception cref="DataEngineXException">The log has no text for the value; names column and value.</exception>
    internal static string? Write(Field field, IArrowArray column, int row)
    {
        if (column.IsNull(row))
            return null;
        var culture = CultureInfo.InvariantCulture;
        var text = column switch
        {
            StringArray texts => texts.GetString(row),
            BooleanArray flags => flags.GetValue(row) == true ? "true" : "false",
            Int8Array numbers => numbers.Values[row].ToString(culture),
            Int16Array numbers => numbers.Values[row].ToString(culture),
            Int32Array numbers => numbers.Values[row].ToString(culture),
            Int64Array numbers => numbers.Values[row].ToString(culture),
            // Minus zero equals zero, so they are one partition.
            FloatArray numbers => (numbers.Values[row] + 0f).ToString("R", culture),
            DoubleArray numbers => (numbers.Values[row] + 0d).ToString("R", culture),
            Decimal128Array numbers => DecimalTexts.Write(
                MemoryMarshal.Cast<byte, Int128>(numbers.ValueBuffer.Span)[numbers.Offset + row], ((Decimal128Type)field.DataType).Scale),
            Date32Array days => TimeTexts.Day(days.Values[row]),
            TimestampArray times => TimeTexts.Moment(times.Values[row], DeltaSchema.IsLocalTimestamp(field.DataType)),
            BinaryArray bytes => BinaryTexts.Write(bytes.GetBytes(row)),
            _ => throw new DataEngineXException($"The partition column '{field.Name}' is of type {ArrowTypes.NameOf(field.DataType)}, which tells no files apart."),
        };
        if (text is null)
            throw new DataEngineXException($"Partition column '{field.Name}': a value lies beyond the years 1 to 9999, for which the log has a text.");
        return text.Length == 0 ? null : text;
    }

    /// <summary>The value as the CLR type of its column; decimals as whole numbers of units of their last place.</summary>
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
                Decimal128Type type => DecimalTexts.Read(text, type.Scale) ?? throw new FormatException($"it is no decimal of {type.Scale} places"),
                Date32Type => DateOnly.Parse(text, culture),
                TimestampType { Timezone: null or "" } => DateTime.Parse(text, culture, DateTimeStyles.None),
                TimestampType => DateTimeOffset.Parse(text, culture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
                BinaryType => BinaryTexts.Read(text),
                _ => throw new FormatException($"{field.DataType.Name} is no type of a partition column"),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new DataEngineXException($"the partition value '{text}' of column '{field.Name}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The text as <see cref="Write"/> gives it, of a text in whatever form another writer has chosen.</summary>
    internal static string? Normal(Field field, string? text)
    {
        if (field.DataType is StringType || Parse(field, text) is not { } value)
            return string.IsNullOrEmpty(text) ? null : text;
        using var column = Compute.Constants.Create(field.DataType, value, 1, Apache.Arrow.Memory.MemoryAllocator.Default.Value);
        return Write(field, column, 0);
    }
}
