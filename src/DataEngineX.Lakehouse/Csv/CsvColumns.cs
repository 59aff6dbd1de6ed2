using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Makes the column that reads a type.</summary>
internal static class CsvColumns
{
    /// <summary>Whether fields can be read as values of a type.</summary>
    internal static bool Supports(IArrowType type) => type.TypeId is ArrowTypeId.String or ArrowTypeId.Boolean or ArrowTypeId.Int8 or ArrowTypeId.Int16
        or ArrowTypeId.Int32 or ArrowTypeId.Int64 or ArrowTypeId.UInt8 or ArrowTypeId.UInt16 or ArrowTypeId.UInt32 or ArrowTypeId.UInt64
        or ArrowTypeId.HalfFloat or ArrowTypeId.Float or ArrowTypeId.Double or ArrowTypeId.Decimal128 or ArrowTypeId.Date32
        or ArrowTypeId.Time32 or ArrowTypeId.Time64 or ArrowTypeId.Timestamp;

    /// <summary>Makes the column.</summary>
    /// <exception cref="ArgumentException">No text stands for values of the type.</exception>
    internal static CsvColumn Create(Field field, int index, CsvFieldRules rules, CsvReadOptions options)
    {
        var numbers = CsvNumberFormat.Of(options);
        return field.DataType switch
        {
            StringType => new CsvTextColumn(field, index, rules),
            BooleanType => new CsvBooleanColumn(field, index, rules),
            Int8Type => Fixed<sbyte, CsvIntegers<sbyte>>(new(numbers)),
            Int16Type => Fixed<short, CsvIntegers<short>>(new(numbers)),
            Int32Type => Fixed<int, CsvIntegers<int>>(new(numbers)),
            Int64Type => Fixed<long, CsvIntegers<long>>(new(numbers)),
            UInt8Type => Fixed<byte, CsvIntegers<byte>>(new(numbers)),
            UInt16Type => Fixed<ushort, CsvIntegers<ushort>>(new(numbers)),
            UInt32Type => Fixed<uint, CsvIntegers<uint>>(new(numbers)),
            UInt64Type => Fixed<ulong, CsvIntegers<ulong>>(new(numbers)),
            HalfFloatType => Fixed<Half, CsvFloats<Half>>(new(numbers)),
            FloatType => Fixed<float, CsvFloats<float>>(new(numbers)),
            DoubleType => Fixed<double, CsvFloats<double>>(new(numbers)),
            Decimal128Type type => Fixed<Int128, CsvDecimals>(new(type, numbers)),
            Date32Type => Fixed<int, CsvDates>(new(options.DateFormats)),
            Time32Type type => Fixed<int, CsvTimesOfDay<int>>(new(type.Unit)),
            Time64Type type => Fixed<long, CsvTimesOfDay<long>>(new(type.Unit)),
            TimestampType type => Fixed<long, CsvTimestamps>(new(type, options.TimestampFormats)),
            _ => throw new ArgumentException(
                $"Column '{field.Name}' of type {Expressions.ArrowTypes.NameOf(field.DataType)} cannot be read from CSV; read it as utf8 and convert."),
        };

        CsvColumn Fixed<T, TParser>(TParser parser)
            where T : unmanaged
            where TParser : struct, ICsvParser<T> => new CsvFixedColumn<T, TParser>(field, index, rules, parser);
    }
}
