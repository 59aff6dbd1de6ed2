using Apache.Arrow;
using Apache.Arrow.Types;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DataEngineX.ML.Internal;

/// <summary>Chooses the Arrow form of each ML.NET type.</summary>
internal static class ColumnWriters
{
    private static readonly TimestampType s_timestamp = new(TimeUnit.Microsecond, "UTC");

    public static ColumnWriter Create(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType vector => Vector(row, column, vector),
        KeyDataViewType key => Key(row, column, key),
        BooleanDataViewType => new BuilderWriter<bool, BooleanArray.Builder>(
            row.GetGetter<bool>(column), new(), static (b, v) => b.Append(v), static (b, a) => b.Build(a), false),
        TextDataViewType => new BuilderWriter<ReadOnlyMemory<char>, StringArray.Builder>(
            row.GetGetter<ReadOnlyMemory<char>>(column), new(), AppendText, static (b, a) => b.Build(a), true),
        DateTimeDataViewType => new BuilderWriter<DateTime, TimestampArray.Builder>(
            row.GetGetter<DateTime>(column), new(s_timestamp), AppendTime, static (b, a) => b.Build(a), true),
        var type when type.RawType == typeof(float) => new BuilderWriter<float, FloatArray.Builder>(
            row.GetGetter<float>(column), new(), AppendFloat, static (b, a) => b.Build(a), true),
        var type when type.RawType == typeof(double) => new BuilderWriter<double, DoubleArray.Builder>(
            row.GetGetter<double>(column), new(), AppendDouble, static (b, a) => b.Build(a), true),
        var type => Whole(row, column, type),
    };

    private static ColumnWriter Whole(DataViewRow row, DataViewSchema.Column column, DataViewType type)
        => Type.GetTypeCode(type.RawType) switch
        {
            TypeCode.SByte => new BuilderWriter<sbyte, Int8Array.Builder>(
                row.GetGetter<sbyte>(column), new(), static (b, v) => b.Append(v), static (b, a) => b.Build(a), false),
            TypeCode.Byte => new BuilderWriter<byte, UInt8Array.Builder>(
                row.GetGetter<byte>(column), new(), static (b, v) => b.Append(v), static (b, a) => b.Build(a), false),
            TypeCode.Int16 => new BuilderWriter<short, Int16Array.Builder>(
                row.GetGetter<short>(column), new(), static (b, v) => b.Append(v), static (b, a) => b.Build(a), false),
            TypeCode.UInt16 => new BuilderWriter<ushort, UInt16Array.Builder>(
                row.GetGetter<ushort>(column), new(), static (b, v) => b.Append(v), static (b, a) => b.Build(a), false),
            TypeCode.Int32 => new BuilderWriter<int, Int32Array.Builder>(
                row.GetGetter<int>(column), new(), static (b, v) => b.Append(v), static (b, a) => b.Build(a), false),
            TypeCode.UInt32 => new BuilderWriter<uint, UInt32Array.Builder>(
                row.GetGetter<uint>(column), new(), static (b, v) => b.Append(v), static (b, a) => b.Build(a), false),
            TypeCode.Int64 => new BuilderWriter<long, Int64Array.Builder>(
                row.GetGetter<long>(column), new(), static (b, v) => b.Append(v), static (b, a) => b.Build(a), false),
            TypeCode.UInt64 => new BuilderWriter<ulong, UInt64Array.Builder>(
                row.GetGetter<ulong>(column), new(), static (b, v) => b.Append(v), static (b, a) => b.Build(a), false),
            _ => throw Unsupported(column),
        };

    private static ColumnWriter Vector(DataViewRow row, DataViewSchema.Column column, VectorDataViewType vector)
    {
        if (!vector.IsKnownSize)
            throw Unsupported(column);
        if (vector.ItemType.RawType == typeof(float) && vector.ItemType is NumberDataViewType)
        {
            return new VectorWriter<float>(
                row.GetGetter<VBuffer<float>>(column), new FloatArray.Builder(), static (b, v) => AppendFloat((FloatArray.Builder)b, v),
                static (b, a) => ((FloatArray.Builder)b).Build(a), vector.Size, FloatType.Default);
        }

        if (vector.ItemType.RawType == typeof(double))
        {
            return new VectorWriter<double>(
                row.GetGetter<VBuffer<double>>(column), new DoubleArray.Builder(), static (b, v) => AppendDouble((DoubleArray.Builder)b, v),
                static (b, a) => ((DoubleArray.Builder)b).Build(a), vector.Size, DoubleType.Default);
        }

        throw Unsupported(column);
    }

    private static ColumnWriter Key(DataViewRow row, DataViewSchema.Column column, KeyDataViewType key)
    {
        if (key.RawType != typeof(uint))
            throw Unsupported(column);
        var getter = row.GetGetter<uint>(column);
        var annotation = column.Annotations.Schema.GetColumnOrNull("KeyValues");
        if (annotation?.Type is not VectorDataViewType { ItemType: TextDataViewType })
        {
            return new BuilderWriter<uint, UInt32Array.Builder>(
                getter, new(), AppendKey, static (b, a) => b.Build(a), true);
        }

        var words = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetKeyValues(ref words);
        return new KeyWriter(getter, words);
    }

    private static void AppendText(StringArray.Builder builder, ReadOnlyMemory<char> value)
    {
        // Only the default memory is missing; an empty string has an object behind it.
        if (value.Equals(default))
            builder.AppendNull();
        else
            builder.Append(value.ToString());
    }

    private static void AppendTime(TimestampArray.Builder builder, DateTime value)
    {
        if (value == default)
            builder.AppendNull();
        else
            builder.Append(new DateTimeOffset(value.Ticks, TimeSpan.Zero));
    }

    private static void AppendFloat(FloatArray.Builder builder, float value)
    {
        if (float.IsNaN(value))
            builder.AppendNull();
        else
            builder.Append(value);
    }

    private static void AppendDouble(DoubleArray.Builder builder, double value)
    {
        if (double.IsNaN(value))
            builder.AppendNull();
        else
            builder.Append(value);
    }

    private static void AppendKey(UInt32Array.Builder builder, uint value)
    {
        if (value == 0)
            builder.AppendNull();
        else
            builder.Append(value);
    }

    private static ArgumentException Unsupported(DataViewSchema.Column column)
        => new($"Column '{column.Name}' is {column.Type}, which has no Arrow form here; keep it out by naming the columns you need.");
}
