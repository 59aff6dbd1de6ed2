using Apache.Arrow.Types;
using Parquet.Schema;
using ArrowField = Apache.Arrow.Field;

namespace DataEngineX.Lakehouse.Parquet;

/// <summary>How Arrow columns are written: the field the file declares, and the field by which its physical values are handed over.</summary>
/// <remarks>
/// Parquet.Net asks for one CLR value per logical value (a DateTime for a timestamp, chars for a text). A second field of the same name but of
/// the physical type lets columns pass as they lie in Arrow: 64-bit microseconds, UTF-8 bytes, unscaled decimals.
/// </remarks>
internal static class ParquetColumns
{
    internal static DataField Declared(ArrowField field)
    {
        var name = field.Name;
        var nullable = field.IsNullable;
        return field.DataType switch
        {
            BooleanType => new DataField(name, typeof(bool), nullable),
            Int8Type => new DataField(name, typeof(sbyte), nullable),
            Int16Type => new DataField(name, typeof(short), nullable),
            Int32Type => new DataField(name, typeof(int), nullable),
            Int64Type => new DataField(name, typeof(long), nullable),
            FloatType => new DataField(name, typeof(float), nullable),
            DoubleType => new DataField(name, typeof(double), nullable),
            StringType => new DataField(name, typeof(string), nullable),
            BinaryType => new DataField(name, typeof(byte[]), nullable),
            Date32Type => new DataField(name, typeof(DateOnly), nullable),
            TimestampType { Unit: TimeUnit.Microsecond } type => new DateTimeDataField(
                name, DateTimeFormat.Timestamp, isAdjustedToUTC: type.Timezone is not (null or ""), unit: DateTimeTimeUnit.Micros, isNullable: nullable),
            Decimal128Type { Precision: <= 18 } type => new DecimalDataField(name, type.Precision, type.Scale, isNullable: nullable),
            Decimal128Type type => new BigDecimalDataField(name, type.Precision, type.Scale, isNullable: nullable),
            _ => throw Unsupported(field),
        };
    }

    /// <summary>The physical field for writing, or null where the declared one already takes the values.</summary>
    internal static DataField? Physical(ArrowField field) => field.DataType switch
    {
        StringType => new DataField(field.Name, typeof(byte[]), field.IsNullable),
        Date32Type => new DataField(field.Name, typeof(int), field.IsNullable),
        TimestampType => new DataField(field.Name, typeof(long), field.IsNullable),
        Decimal128Type { Precision: <= 9 } => new DataField(field.Name, typeof(int), field.IsNullable),
        Decimal128Type { Precision: <= 18 } => new DataField(field.Name, typeof(long), field.IsNullable),
        _ => null,
    };

    internal static DataEngineXException Unsupported(ArrowField field) => new(
        $"Column '{field.Name}' of type {Expressions.ArrowTypes.NameOf(field.DataType)} cannot be stored in Parquet here; "
        + "convert it to bool, int8 to int64, float, double, utf8, binary, date32, timestamp[us] or decimal.");
}
