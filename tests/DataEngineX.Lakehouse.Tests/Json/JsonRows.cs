using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Apache.Arrow;

namespace DataEngineX.Lakehouse.Tests.Json;

/// <summary>Rows as JSON, nested values included, written from Arrow's own accessors.</summary>
public static class JsonRows
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    public static string Of(RecordBatch batch, int row)
    {
        var json = new JsonObject();
        for (var i = 0; i < batch.ColumnCount; i++)
            json[batch.Schema.GetFieldByIndex(i).Name] = Value(batch.Column(i), row);
        return json.ToJsonString(Plain);
    }

    private static JsonNode? Value(IArrowArray array, int row)
    {
        if (array.IsNull(row))
            return null;
        return array switch
        {
            StringArray a => a.GetString(row),
            BooleanArray a => a.GetValue(row),
            Int64Array a => a.Values[row],
            Int32Array a => a.Values[row],
            DoubleArray a => a.Values[row],
            TimestampArray a => a.Values[row],
            Date32Array a => a.GetDateOnly(row)!.Value.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            Decimal128Array a => a.GetString(row),
            BinaryArray a => Convert.ToBase64String(a.GetBytes(row)),
            StructArray a => new JsonObject(((Apache.Arrow.Types.StructType)a.Data.DataType).Fields.Select((f, i) => KeyValuePair.Create(f.Name, Value(a.Fields[i], row)))),
            ListArray a => new JsonArray([.. Enumerable.Range(a.ValueOffsets[row], a.GetValueLength(row)).Select(i => Value(a.Values, i))]),
            _ => throw new NotSupportedException(array.GetType().Name),
        };
    }
}
