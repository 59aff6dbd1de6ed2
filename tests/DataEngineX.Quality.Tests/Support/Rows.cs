using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Quality.Tests;

/// <summary>Makes and reads small batches.</summary>
internal static class Rows
{
    public static RecordBatch Of(params (string Name, IArrowType Type, object?[] Values)[] columns) => Of(null, columns);

    public static RecordBatch Of(MemoryAllocator? allocator, params (string Name, IArrowType Type, object?[] Values)[] columns) => new(
        new Schema(columns.Select(c => new Field(c.Name, c.Type, nullable: true)), null),
        columns.Select(c => Column(c.Type, c.Values, allocator)),
        columns.Length == 0 ? 0 : columns[0].Values.Length);

    public static RecordBatch Longs(string name, params long?[] values) => Of((name, Int64Type.Default, [.. values.Select(v => (object?)v)]));

    public static RecordBatch Doubles(string name, params double?[] values) => Of((name, DoubleType.Default, [.. values.Select(v => (object?)v)]));

    public static RecordBatch Texts(string name, params string?[] values) => Of((name, StringType.Default, [.. values]));

    /// <summary>The batch in parts of some length; the parts are slices of it, with offsets.</summary>
    public static List<RecordBatch> Split(RecordBatch batch, int length)
    {
        var parts = new List<RecordBatch>();
        for (var start = 0; start < batch.Length; start += length)
            parts.Add(batch.SliceShared(start, Math.Min(length, batch.Length - start)));
        return parts;
    }

    public static async IAsyncEnumerable<RecordBatch> Stream(IEnumerable<RecordBatch> batches)
    {
        foreach (var batch in batches)
        {
            await Task.Yield();
            yield return batch;
        }
    }

    /// <summary>Text columns of a batch as dictionaries, for reading quarantine rows.</summary>
    public static IEnumerable<Dictionary<string, object?>> Read(RecordBatch batch)
    {
        for (var row = 0; row < batch.Length; row++)
        {
            var values = new Dictionary<string, object?>();
            for (var i = 0; i < batch.ColumnCount; i++)
                values[batch.Schema.FieldsList[i].Name] = Value(batch.Column(i), row);
            yield return values;
        }
    }

    public static object? Value(IArrowArray column, int row) => column switch
    {
        StringArray a => a.GetString(row),
        Int64Array a => a.GetValue(row),
        Int32Array a => a.GetValue(row),
        DoubleArray a => a.GetValue(row),
        BooleanArray a => a.GetValue(row),
        Decimal128Array a => a.GetValue(row),
        TimestampArray a => a.GetTimestamp(row),
        _ => throw new NotSupportedException(column.GetType().Name),
    };

    public static IArrowArray Column(IArrowType type, object?[] values, MemoryAllocator? allocator = null)
    {
        switch (type)
        {
            case StringType:
                var texts = new StringArray.Builder();
                foreach (var value in values)
                    texts.Append((string?)value);
                return texts.Build(allocator);
            case BooleanType:
                var flags = new BooleanArray.Builder();
                foreach (var value in values)
                    _ = value is null ? flags.AppendNull() : flags.Append((bool)value);
                return flags.Build(allocator);
            case NullType:
                return new NullArray(values.Length);
            case Int64Type:
                return Fill(new Int64Array.Builder(), values, (b, v) => b.Append(Convert.ToInt64(v, CultureInfo.InvariantCulture)), b => b.AppendNull()).Build(allocator);
            case Int32Type:
                return Fill(new Int32Array.Builder(), values, (b, v) => b.Append(Convert.ToInt32(v, CultureInfo.InvariantCulture)), b => b.AppendNull()).Build(allocator);
            case Int8Type:
                return Fill(new Int8Array.Builder(), values, (b, v) => b.Append(Convert.ToSByte(v, CultureInfo.InvariantCulture)), b => b.AppendNull()).Build(allocator);
            case UInt64Type:
                return Fill(new UInt64Array.Builder(), values, (b, v) => b.Append(Convert.ToUInt64(v, CultureInfo.InvariantCulture)), b => b.AppendNull()).Build(allocator);
            case DoubleType:
                return Fill(new DoubleArray.Builder(), values, (b, v) => b.Append(Convert.ToDouble(v, CultureInfo.InvariantCulture)), b => b.AppendNull()).Build(allocator);
            case FloatType:
                return Fill(new FloatArray.Builder(), values, (b, v) => b.Append(Convert.ToSingle(v, CultureInfo.InvariantCulture)), b => b.AppendNull()).Build(allocator);
            case Decimal128Type d:
                return Fill(new Decimal128Array.Builder(d), values, (b, v) => b.Append((decimal)v), b => b.AppendNull()).Build(allocator);
            case Date32Type:
                return Fill(new Date32Array.Builder(), values, (b, v) => b.Append((DateOnly)v), b => b.AppendNull()).Build(allocator);
            case TimestampType t:
                return Fill(new TimestampArray.Builder(t), values, (b, v) => b.Append(Instant(v)), b => b.AppendNull()).Build(allocator);
            case DictionaryType { ValueType: StringType } dictionary:
                return Encode(dictionary, values, allocator);
            default:
                throw new NotSupportedException(ArrowTypes.NameOf(type));
        }
    }

    private static DateTimeOffset Instant(object value) => value is DateTimeOffset instant
        ? instant
        : new DateTimeOffset(DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc));

    private static TBuilder Fill<TBuilder>(TBuilder builder, object?[] values, Action<TBuilder, object> append, Action<TBuilder> appendNull)
    {
        foreach (var value in values)
        {
            if (value is null)
                appendNull(builder);
            else
                append(builder, value);
        }

        return builder;
    }

    private static DictionaryArray Encode(DictionaryType type, object?[] values, MemoryAllocator? allocator)
    {
        var distinct = values.OfType<string>().Distinct().ToList();
        var codes = Column(Int32Type.Default, [.. values.Select(v => v is string s ? (object?)distinct.IndexOf(s) : null)], allocator);
        return new DictionaryArray(type, codes, Column(StringType.Default, [.. distinct], allocator));
    }
}
