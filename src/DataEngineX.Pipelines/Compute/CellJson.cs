using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Compute;

/// <summary>Writes one value of a column as JSON, so that the value and the column's type give it back exactly.</summary>
/// <remarks>
/// Numbers keep all digits; NaN and infinities, dates, times and durations are text (ISO 8601), binary is base64, lists are arrays, structs objects.
/// Maps whose keys are texts are objects; others are arrays of objects with <c>key</c> and <c>value</c>.
/// </remarks>
[Experimental("DEX0001")]
public static class CellJson
{
    /// <summary>Writes one value.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="column">The column, borrowed.</param>
    /// <param name="row">The row.</param>
    /// <exception cref="NotSupportedException">Values of this type cannot be written, see <see cref="Supports"/>.</exception>
    public static void Write(Utf8JsonWriter writer, IArrowArray column, int row)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(column);
        if (column.IsNull(row))
        {
            writer.WriteNullValue();
            return;
        }

        switch (column)
        {
            case StringArray text:
                writer.WriteStringValue(text.GetString(row));
                break;
            case BooleanArray flags:
                writer.WriteBooleanValue(flags.GetValue(row) == true);
                break;
            case DoubleArray numbers:
                WriteFloat(writer, Columns.Values<double>(numbers.Data)[row]);
                break;
            case FloatArray numbers:
                WriteFloat(writer, Columns.Values<float>(numbers.Data)[row]);
                break;
            case HalfFloatArray numbers:
                WriteFloat(writer, Columns.Values<Half>(numbers.Data)[row]);
                break;
            case Int8Array or Int16Array or Int32Array or Int64Array or UInt8Array or UInt16Array or UInt32Array or UInt64Array:
                WriteInteger(writer, column, row);
                break;
            case Decimal128Array decimals:
                writer.WriteRawValue(decimals.GetString(row)!, skipInputValidation: true);
                break;
            case Decimal256Array decimals:
                writer.WriteRawValue(decimals.GetString(row)!, skipInputValidation: true);
                break;
            case Date32Array or Date64Array or TimestampArray or Time32Array or Time64Array or DurationArray:
                writer.WriteStringValue(CellTime.Of(column, row));
                break;
            case BinaryArray bytes:
                writer.WriteBase64StringValue(bytes.GetBytes(row));
                break;
            default:
                WriteNested(writer, column, row);
                break;
        }
    }

    private static void WriteNested(Utf8JsonWriter writer, IArrowArray column, int row)
    {
        switch (column)
        {
            case MapArray map:
                WriteMap(writer, map, row);
                break;
            case ListArray list:
                writer.WriteStartArray();
                for (var i = list.ValueOffsets[row]; i < list.ValueOffsets[row + 1]; i++)
                    Write(writer, list.Values, i);
                writer.WriteEndArray();
                break;
            case StructArray structure:
                writer.WriteStartObject();
                var fields = ((StructType)structure.Data.DataType).Fields;
                for (var i = 0; i < fields.Count; i++)
                {
                    writer.WritePropertyName(fields[i].Name);
                    Write(writer, structure.Fields[i], row);
                }

                writer.WriteEndObject();
                break;
            case DictionaryArray dictionary:
                Write(writer, dictionary.Dictionary, CodeOf(dictionary.Indices, row));
                break;
            default:
                throw new NotSupportedException($"Values of type {ArrowTypes.NameOf(column.Data.DataType)} cannot be written as JSON.");
        }
    }

    private static void WriteMap(Utf8JsonWriter writer, MapArray map, int row)
    {
        var isObject = map.Keys is StringArray;
        if (isObject)
            writer.WriteStartObject();
        else
            writer.WriteStartArray();
        for (var i = map.ValueOffsets[row]; i < map.ValueOffsets[row + 1]; i++)
        {
            if (isObject)
            {
                writer.WritePropertyName(((StringArray)map.Keys).GetString(i));
                Write(writer, map.Values, i);
                continue;
            }

            writer.WriteStartObject();
            writer.WritePropertyName("key");
            Write(writer, map.Keys, i);
            writer.WritePropertyName("value");
            Write(writer, map.Values, i);
            writer.WriteEndObject();
        }

        if (isObject)
            writer.WriteEndObject();
        else
            writer.WriteEndArray();
    }

    /// <summary>Whether values of a type can be written.</summary>
    /// <param name="type">The type.</param>
    public static bool Supports(IArrowType type) => type switch
    {
        ListType list => Supports(list.ValueDataType),
        MapType map => Supports(map.KeyField.DataType) && Supports(map.ValueField.DataType),
        StructType structure => structure.Fields.All(f => Supports(f.DataType)),
        DictionaryType dictionary => Supports(dictionary.ValueType),
        _ => type.TypeId is ArrowTypeId.Null or ArrowTypeId.String or ArrowTypeId.Binary or ArrowTypeId.Boolean
            or ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64
            or ArrowTypeId.UInt8 or ArrowTypeId.UInt16 or ArrowTypeId.UInt32 or ArrowTypeId.UInt64
            or ArrowTypeId.HalfFloat or ArrowTypeId.Float or ArrowTypeId.Double or ArrowTypeId.Decimal128 or ArrowTypeId.Decimal256
            or ArrowTypeId.Date32 or ArrowTypeId.Date64 or ArrowTypeId.Time32 or ArrowTypeId.Time64
            or ArrowTypeId.Timestamp or ArrowTypeId.Duration,
    };

    private static void WriteFloat<T>(Utf8JsonWriter writer, T value)
        where T : System.Numerics.IFloatingPointIeee754<T>
    {
        if (T.IsFinite(value))
            writer.WriteRawValue(value.ToString("R", CultureInfo.InvariantCulture), skipInputValidation: true);
        else
            writer.WriteStringValue(T.IsNaN(value) ? "NaN" : T.IsPositiveInfinity(value) ? "Infinity" : "-Infinity");
    }

    private static void WriteInteger(Utf8JsonWriter writer, IArrowArray column, int row)
    {
        switch (column)
        {
            case UInt64Array big:
                writer.WriteNumberValue(big.GetValue(row)!.Value);
                break;
            default:
                writer.WriteNumberValue(Integer(column, row));
                break;
        }
    }

    private static int CodeOf(IArrowArray indices, int row) => (int)Integer(indices, row);

    private static long Integer(IArrowArray column, int row) => column switch
    {
        Int8Array a => a.GetValue(row)!.Value,
        Int16Array a => a.GetValue(row)!.Value,
        Int32Array a => a.GetValue(row)!.Value,
        Int64Array a => a.GetValue(row)!.Value,
        UInt8Array a => a.GetValue(row)!.Value,
        UInt16Array a => a.GetValue(row)!.Value,
        UInt32Array a => a.GetValue(row)!.Value,
        _ => throw new NotSupportedException($"{ArrowTypes.NameOf(column.Data.DataType)} is not an integer type."),
    };
}
