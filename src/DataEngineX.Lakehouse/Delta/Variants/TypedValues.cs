using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Delta.Variants;

/// <summary>Writes values of columns as variants.</summary>
internal static class TypedValues
{
    /// <exception cref="FormatException">Variants have no such type.</exception>
    internal static void Write(IArrowArray column, int row, VariantWriter to)
    {
        switch (column)
        {
            case BooleanArray flags: to.Bool(flags.GetValue(row) == true); break;
            case Int8Array numbers: to.Int8(numbers.Values[row]); break;
            case Int16Array numbers: to.Int16(numbers.Values[row]); break;
            case Int32Array numbers: to.Int32(VariantKind.Int32, numbers.Values[row]); break;
            case Int64Array numbers: to.Int64(VariantKind.Int64, numbers.Values[row]); break;
            case FloatArray numbers: to.Float(numbers.Values[row]); break;
            case DoubleArray numbers: to.Double(numbers.Values[row]); break;
            case Date32Array days: to.Int32(VariantKind.Date, days.Values[row]); break;
            case TimestampArray { Data.DataType: TimestampType { Timezone: null or "" } } times: to.Int64(VariantKind.TimestampLocal, times.Values[row]); break;
            case TimestampArray times: to.Int64(VariantKind.TimestampUtc, times.Values[row]); break;
            case Time64Array { Data.DataType: Time64Type { Unit: TimeUnit.Microsecond } } times: to.Int64(VariantKind.Time, times.Values[row]); break;
            case Decimal128Array { Data.DataType: Decimal128Type type } numbers: to.Decimal(type.Precision, type.Scale, Unscaled(numbers, row)); break;
            case StringArray texts: to.Text(texts.GetBytes(row)); break;
            case BinaryArray bytes: to.Binary(bytes.GetBytes(row)); break;
            default: throw new FormatException($"a part of a variant is of the type {Expressions.ArrowTypes.NameOf(column.Data.DataType)}, which variants do not have");
        }
    }

    private static Int128 Unscaled(Decimal128Array numbers, int row) =>
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Int128>(numbers.ValueBuffer.Span)[numbers.Offset + row];
}
