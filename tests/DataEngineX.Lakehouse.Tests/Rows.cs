using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Tests;

/// <summary>Rows as texts, for comparisons that read well when they fail.</summary>
public static class Rows
{
    public static IEnumerable<string> Of(RecordBatch batch)
    {
        for (var row = 0; row < batch.Length; row++)
            yield return string.Join('|', batch.Arrays.Select(a => Cell(a, row)));
    }

    public static async Task<List<string>> Of(IAsyncEnumerable<RecordBatch> batches)
    {
        var rows = new List<string>();
        await foreach (var batch in batches)
        {
            using (batch)
                rows.AddRange(Of(batch));
        }

        return rows;
    }

    public static string Cell(IArrowArray array, int row)
    {
        if (array.Data.DataType is NullType || array.IsNull(row))
            return "null";
        return array switch
        {
            StringArray a => a.GetString(row)!,
            BinaryArray a => Convert.ToHexString(a.GetBytes(row)),
            BooleanArray a => a.GetValue(row)!.Value ? "true" : "false",
            Date32Array a => a.GetDateOnly(row)!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            TimestampArray a => Timestamp(a, row),
            Decimal128Array a => a.GetString(row)!,
            DoubleArray a => a.Values[row].ToString("R", CultureInfo.InvariantCulture),
            FloatArray a => ((double)a.Values[row]).ToString("R", CultureInfo.InvariantCulture),
            Int8Array a => a.Values[row].ToString(CultureInfo.InvariantCulture),
            Int16Array a => a.Values[row].ToString(CultureInfo.InvariantCulture),
            Int32Array a => a.Values[row].ToString(CultureInfo.InvariantCulture),
            Int64Array a => a.Values[row].ToString(CultureInfo.InvariantCulture),
            MapArray a => $"{{{string.Join(", ", Enumerable.Range(a.ValueOffsets[row], a.ValueOffsets[row + 1] - a.ValueOffsets[row])
                .Select(i => $"{Cell(a.Keys, i)}: {Cell(a.Values, i)}"))}}}",
            ListArray a => $"[{string.Join(", ", Enumerable.Range(a.ValueOffsets[row], a.ValueOffsets[row + 1] - a.ValueOffsets[row])
                .Select(i => Cell(a.Values, i)))}]",
            StructArray a => $"({string.Join(", ", a.Fields.Select(f => Cell(f, row)))})",
            _ => throw new NotSupportedException(array.GetType().Name),
        };
    }

    private static string Timestamp(TimestampArray array, int row)
    {
        var type = (TimestampType)array.Data.DataType;
        Assert.Equal(TimeUnit.Microsecond, type.Unit);
        var local = type.Timezone is null or "";
        return DateTime.UnixEpoch.AddTicks(array.Values[row] * 10).ToString(
            local ? "yyyy-MM-dd HH:mm:ss.ffffff" : "yyyy-MM-dd HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
    }
}
