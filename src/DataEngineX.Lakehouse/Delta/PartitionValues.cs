using System.Globalization;
using System.Numerics;
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

    /// <summary>The value that a file has in a partition column, as the CLR type of the column; decimals as whole numbers of units of their last place.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    /// <param name="file">The path of the file, for errors.</param>
    /// <param name="values">What the log says of the file.</param>
    /// <exception cref="DataEngineXException">The text is none of the type, or the log tells values of other columns in its place; names table, file, column and text.</exception>
    internal static object? Of(TableSchema table, DeltaField column, string file, Dictionary<string, string?> values)
    {
        // Some writers leave out values where all are null. One that tells others knows the column by another name.
        if (!values.TryGetValue(column.PhysicalName, out var text) && values.Count > 0)
            throw new DataEngineXException($"Table {table.Table} cannot be read: of its data file '{file}', the log tells no partition value of column '{column.Name}'{(column.PhysicalName == column.Name ? "" : $" (physical name '{column.PhysicalName}')")}, but of {string.Join(", ", values.Keys)}.");
        return TryRead(column.Field, text, out var value)
            ? value
            : throw new DataEngineXException($"Table {table.Table} cannot be read: of its data file '{file}', the partition value '{text}' of column '{column.Name}' is no {ArrowTypes.NameOf(column.Field.DataType)}.");
    }

    /// <summary>The text as <see cref="Write"/> gives it, of a text in whatever form another writer has chosen.</summary>
    /// <exception cref="DataEngineXException">The text is none of the type; names table, file, column and text.</exception>
    internal static string? Normal(TableSchema table, DeltaField column, DataFile file)
    {
        var text = file.PartitionValues.GetValueOrDefault(column.PhysicalName);
        if (column.Field.DataType is StringType || Of(table, column, file.Path, file.PartitionValues) is not { } value)
            return string.IsNullOrEmpty(text) ? null : text;
        using var array = Compute.Constants.Create(column.Field.DataType, value, 1, Apache.Arrow.Memory.MemoryAllocator.Default.Value);
        return Write(column.Field, array, 0);
    }

    /// <summary>Reads the forms of the protocol, and those of other writers that cannot be taken for anything else.</summary>
    /// <returns>Whether the text is one of the type. Null and the empty text are null in all of them.</returns>
    internal static bool TryRead(Field field, string? text, out object? value)
    {
        value = string.IsNullOrEmpty(text) ? null : Read(field.DataType, text);
        return value is not null || string.IsNullOrEmpty(text);
    }

    private static object? Read(IArrowType type, string text) => type switch
    {
        StringType => text,
        BinaryType => BinaryTexts.Read(text),
        BooleanType => text.Equals("true", StringComparison.OrdinalIgnoreCase) ? (object)true : text.Equals("false", StringComparison.OrdinalIgnoreCase) ? (object)false : null,
        Int8Type => Whole<sbyte>(text),
        Int16Type => Whole<short>(text),
        Int32Type => Whole<int>(text),
        Int64Type => Whole<long>(text),
        FloatType => Floating<float>(text),
        DoubleType => Floating<double>(text),
        Decimal128Type decimals => DecimalTexts.Read(text, decimals),
        Date32Type => TimeTexts.ReadDay(text),
        TimestampType { Timezone: null or "" } => TimeTexts.ReadClock(text),
        TimestampType => TimeTexts.ReadInstant(text),
        _ => null,
    };

    private static object? Whole<T>(string text)
        where T : struct, IBinaryInteger<T> =>
        T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A number with too many digits before its point is no infinity: only the names of infinity are, of which writers have several.</summary>
    private static object? Floating<T>(string text)
        where T : struct, IBinaryFloatingPointIeee754<T> => text.ToUpperInvariant() switch
        {
            "NAN" => T.NaN,
            "INFINITY" or "+INFINITY" or "INF" or "+INF" => T.PositiveInfinity,
            "-INFINITY" or "-INF" => T.NegativeInfinity,
            _ => T.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && T.IsFinite(number)
                ? number
                : null,
        };
}
