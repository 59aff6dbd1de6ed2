using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Csv;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Makes the column that collects a type.</summary>
internal static class JsonColumns
{
    private static readonly CsvNumberFormat Numbers = CsvNumberFormat.Of(new CsvReadOptions());

    /// <summary>Whether JSON values can be read as values of a type.</summary>
    internal static bool Supports(IArrowType type) => type switch
    {
        BinaryType => true,
        StructType structure => structure.Fields.All(f => Supports(f.DataType)),
        ListType list => Supports(list.ValueDataType),
        _ => CsvColumns.Supports(type),
    };

    /// <summary>Makes the column.</summary>
    /// <exception cref="ArgumentException">No JSON value stands for values of the type.</exception>
    internal static JsonColumn Create(Field field, JsonReadOptions options) => field.DataType switch
    {
        StringType or BinaryType => new JsonBytesColumn(field, options.AnyValueAsText),
        BooleanType => new JsonBooleanColumn(field),
        Int8Type => Number<sbyte, CsvIntegers<sbyte>>(field, new(Numbers)),
        Int16Type => Number<short, CsvIntegers<short>>(field, new(Numbers)),
        Int32Type => Number<int, CsvIntegers<int>>(field, new(Numbers)),
        Int64Type => Number<long, CsvIntegers<long>>(field, new(Numbers)),
        UInt8Type => Number<byte, CsvIntegers<byte>>(field, new(Numbers)),
        UInt16Type => Number<ushort, CsvIntegers<ushort>>(field, new(Numbers)),
        UInt32Type => Number<uint, CsvIntegers<uint>>(field, new(Numbers)),
        UInt64Type => Number<ulong, CsvIntegers<ulong>>(field, new(Numbers)),
        HalfFloatType => Number<Half, CsvFloats<Half>>(field, new(Numbers), options.NamedNumbers),
        FloatType => Number<float, CsvFloats<float>>(field, new(Numbers), options.NamedNumbers),
        DoubleType => Number<double, CsvFloats<double>>(field, new(Numbers), options.NamedNumbers),
        Decimal128Type type => new JsonFixedColumn<Int128, CsvDecimals>(field, new(type, Numbers), takesNumbers: true, takesTexts: true),
        Date32Type => Text<int, CsvDates>(field, new([])),
        Time32Type type => Text<int, CsvTimesOfDay<int>>(field, new(type.Unit)),
        Time64Type type => Text<long, CsvTimesOfDay<long>>(field, new(type.Unit)),
        TimestampType type => Text<long, CsvTimestamps>(field, new(type, [])),
        StructType type => new JsonStructColumn(field, [.. type.Fields.Select(f => Create(f, options))]),
        ListType type => new JsonListColumn(field, Create(type.ValueField, options)),
        _ => throw new ArgumentException(
            $"Column '{field.Name}' of type {Expressions.ArrowTypes.NameOf(field.DataType)} cannot be read from JSON; read it as utf8 and convert.", nameof(field)),
    };

    private static JsonFixedColumn<T, TParser> Number<T, TParser>(Field field, TParser parser, bool takesNames = false)
        where T : unmanaged
        where TParser : struct, ICsvParser<T> => new(field, parser, takesNumbers: true, takesTexts: false, takesNames);

    private static JsonFixedColumn<T, TParser> Text<T, TParser>(Field field, TParser parser)
        where T : unmanaged
        where TParser : struct, ICsvParser<T> => new(field, parser, takesNumbers: false, takesTexts: true);
}
