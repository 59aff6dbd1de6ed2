using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Benchmarks.Data;

/// <summary>Makes columns of a range of rows.</summary>
internal static class ColumnMaker
{
    /// <summary>Writes the text of a row and returns its length; a negative length is null.</summary>
    public delegate int TextOf(long row, Span<byte> target);

    public static Int32Array Integers(long start, int count, Func<long, int?> value)
    {
        var (values, validity, nulls) = Fill(start, count, value);
        return new Int32Array(values, validity, count, nulls, 0);
    }

    public static DoubleArray Doubles(long start, int count, Func<long, double?> value)
    {
        var (values, validity, nulls) = Fill(start, count, value);
        return new DoubleArray(values, validity, count, nulls, 0);
    }

    public static TimestampArray Timestamps(TimestampType type, long start, int count, Func<long, long?> value)
    {
        var (values, validity, nulls) = Fill(start, count, value);
        return new TimestampArray(type, values, validity, count, nulls, 0);
    }

    public static StringArray Texts(long start, int count, int maxLength, TextOf text)
    {
        var offsets = new ArrowBuffer.Builder<int>(count + 1).Resize(count + 1);
        var bytes = new byte[(long)count * maxLength];
        var validity = new ArrowBuffer.BitmapBuilder(count);
        var used = 0;
        var nulls = 0;
        for (var i = 0; i < count; i++)
        {
            offsets.Span[i] = used;
            var length = text(start + i, bytes.AsSpan(used));
            validity.Append(length >= 0);
            nulls += length < 0 ? 1 : 0;
            used += Math.Max(length, 0);
        }

        offsets.Span[count] = used;
        var values = new ArrowBuffer.Builder<byte>(used).Append(bytes.AsSpan(0, used));
        return new StringArray(count, offsets.Build(), values.Build(), nulls == 0 ? ArrowBuffer.Empty : validity.Build(), nulls);
    }

    private static (ArrowBuffer Values, ArrowBuffer Validity, int Nulls) Fill<T>(long start, int count, Func<long, T?> value)
        where T : unmanaged
    {
        var values = new ArrowBuffer.Builder<T>(count).Resize(count);
        var validity = new ArrowBuffer.BitmapBuilder(count);
        for (var i = 0; i < count; i++)
        {
            var item = value(start + i);
            values.Span[i] = item.GetValueOrDefault();
            validity.Append(item.HasValue);
        }

        var nulls = validity.UnsetBitCount;
        return (values.Build(), nulls == 0 ? ArrowBuffer.Empty : validity.Build(), nulls);
    }
}
