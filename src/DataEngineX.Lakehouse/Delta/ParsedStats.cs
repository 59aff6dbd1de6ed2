using System.Text.Json;
using System.Text.Unicode;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Statistics that a checkpoint keeps as columns, as the text that entries have. A bound that has no text is null: it is not known.</summary>
internal static class ParsedStats
{
    internal static ReadOnlySpan<byte> ToJson(IArrowArray stats, int row)
    {
        if (stats.IsNull(row))
            return [];
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            Write(writer, stats, row);
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, IArrowArray array, int row)
    {
        switch (array)
        {
            case StructArray structure:
                writer.WriteStartObject();
                var type = (StructType)structure.Data.DataType;
                for (var i = 0; i < type.Fields.Count; i++)
                {
                    if (structure.Fields[i].IsNull(row) || structure.Fields[i] is BinaryArray and not StringArray or ListArray or NullArray)
                        continue;
                    writer.WritePropertyName(type.Fields[i].Name);
                    Write(writer, structure.Fields[i], row);
                }

                writer.WriteEndObject();
                break;
            case StringArray texts when Utf8.IsValid(texts.GetBytes(row)):
                writer.WriteStringValue(texts.GetBytes(row));
                break;
            case BooleanArray flags:
                writer.WriteBooleanValue(flags.GetValue(row)!.Value);
                break;
            case Date32Array dates:
                writer.WriteStringValue(TimeTexts.Day(dates.GetValue(row)!.Value));
                break;
            case TimestampArray times:
                writer.WriteStringValue(TimeTexts.Moment(times.GetValue(row)!.Value, DeltaSchema.IsLocalTimestamp(times.Data.DataType)));
                break;
            case Decimal128Array decimals:
                writer.WriteRawValue(decimals.GetString(row));
                break;
            case FloatArray floats when float.IsFinite(floats.GetValue(row)!.Value):
                writer.WriteNumberValue(floats.GetValue(row)!.Value);
                break;
            case DoubleArray doubles when double.IsFinite(doubles.GetValue(row)!.Value):
                writer.WriteNumberValue(doubles.GetValue(row)!.Value);
                break;
            case Int8Array or Int16Array or Int32Array or Int64Array:
                writer.WriteNumberValue(Whole(array, row));
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static long Whole(IArrowArray array, int row) => array switch
    {
        Int8Array a => a.GetValue(row)!.Value,
        Int16Array a => a.GetValue(row)!.Value,
        Int32Array a => a.GetValue(row)!.Value,
        _ => ((Int64Array)array).GetValue(row)!.Value,
    };
}
