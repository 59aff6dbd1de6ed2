using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.ML.Internal;

/// <summary>The kernels that decode an Arrow array into the values ML.NET reads.</summary>
internal static class ArrowFill
{
    /// <summary>Values as they are; the column must hold no nulls, or a type with its own missing value.</summary>
    public static void Copy<T>(IArrowArray array, Span<T> destination)
        where T : struct, IEquatable<T>
        => ((PrimitiveArray<T>)array).Values.CopyTo(destination);

    /// <summary>Values converted to a floating type, nulls as NaN.</summary>
    public static void Widen<TIn, TOut>(IArrowArray array, Span<TOut> destination)
        where TIn : struct, INumber<TIn>, IEquatable<TIn>
        where TOut : struct, IFloatingPointIeee754<TOut>
    {
        var values = ((PrimitiveArray<TIn>)array).Values;
        for (var i = 0; i < values.Length; i++)
            destination[i] = TOut.CreateTruncating(values[i]);
        SetNulls(array, destination, TOut.NaN);
    }

    public static void Boolean(IArrowArray array, Span<bool> destination)
    {
        var bits = ((BooleanArray)array).ValueBuffer.Span;
        var offset = array.Data.Offset;
        for (var i = 0; i < destination.Length; i++)
            destination[i] = BitUtility.GetBit(bits, offset + i);
    }

    public static void BooleanWithNulls(IArrowArray array, Span<float> destination)
    {
        var bits = ((BooleanArray)array).ValueBuffer.Span;
        var offset = array.Data.Offset;
        for (var i = 0; i < destination.Length; i++)
            destination[i] = BitUtility.GetBit(bits, offset + i) ? 1f : 0f;
        SetNulls(array, destination, float.NaN);
    }

    public static void Missing(IArrowArray array, Span<float> destination) => destination.Fill(float.NaN);

    public static void Decimal(IArrowArray array, Span<double> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = array switch
            {
                _ when array.IsNull(i) => double.NaN,
                Decimal128Array wide => (double)wide.GetValue(i)!.Value,
                _ => double.Parse(((Decimal256Array)array).GetString(i)!, System.Globalization.CultureInfo.InvariantCulture),
            };
        }
    }

    public static void Date32(IArrowArray array, Span<DateTime> destination)
        => Times(((Date32Array)array).Values, array, destination, TimeSpan.TicksPerDay);

    public static void Date64(IArrowArray array, Span<DateTime> destination)
        => Times(((Date64Array)array).Values, array, destination, TimeSpan.TicksPerMillisecond);

    public static void Timestamp(IArrowArray array, Span<DateTime> destination)
    {
        var values = ((TimestampArray)array).Values;
        switch (((TimestampType)array.Data.DataType).Unit)
        {
            case TimeUnit.Second:
                Times(values, array, destination, TimeSpan.TicksPerSecond);
                break;
            case TimeUnit.Millisecond:
                Times(values, array, destination, TimeSpan.TicksPerMillisecond);
                break;
            case TimeUnit.Microsecond:
                Times(values, array, destination, TimeSpan.TicksPerMicrosecond);
                break;
            default:
                Nanoseconds(values, array, destination);
                break;
        }
    }

    /// <summary>Child values of fixed-size lists; a null list is all NaN.</summary>
    public static void Vectors<TIn, TOut>(IArrowArray array, Span<TOut> destination)
        where TIn : struct, INumber<TIn>, IEquatable<TIn>
        where TOut : struct, IFloatingPointIeee754<TOut>
    {
        var list = (FixedSizeListArray)array;
        var size = ((FixedSizeListType)list.Data.DataType).ListSize;
        var child = (PrimitiveArray<TIn>)list.Values;
        // Values is the whole child in some Arrow versions and the list's own window in others; the length tells which.
        var start = child.Length == list.Length * size ? 0 : list.Data.Offset * size;
        var values = child.Values.Slice(start, list.Length * size);
        for (var i = 0; i < values.Length; i++)
            destination[i] = TOut.CreateTruncating(values[i]);
        if (child.NullCount != 0)
        {
            var bits = child.NullBitmapBuffer.Span;
            for (var i = 0; i < values.Length; i++)
            {
                if (!BitUtility.GetBit(bits, child.Offset + start + i))
                    destination[i] = TOut.NaN;
            }
        }

        if (list.NullCount == 0)
            return;
        for (var row = 0; row < list.Length; row++)
        {
            if (list.IsNull(row))
                destination.Slice(row * size, size).Fill(TOut.NaN);
        }
    }

    public static void SetNulls<T>(IArrowArray array, Span<T> destination, T missing)
    {
        if (array.NullCount == 0)
            return;
        var bits = array.Data.Buffers[0].Span;
        if (bits.IsEmpty)
            return;
        var offset = array.Data.Offset;
        for (var i = 0; i < destination.Length; i++)
        {
            if (!BitUtility.GetBit(bits, offset + i))
                destination[i] = missing;
        }
    }

    private static void Times<T>(ReadOnlySpan<T> values, IArrowArray array, Span<DateTime> destination, long ticksPerUnit)
        where T : struct, INumber<T>
    {
        var bits = array.NullCount == 0 ? default : array.Data.Buffers[0].Span;
        var offset = array.Data.Offset;
        for (var i = 0; i < values.Length; i++)
        {
            // What stands under a null is garbage and may lie outside DateTime, so it is never converted.
            destination[i] = !bits.IsEmpty && !BitUtility.GetBit(bits, offset + i)
                ? default
                : FromTicks(checked(long.CreateTruncating(values[i]) * ticksPerUnit));
        }
    }

    private static void Nanoseconds(ReadOnlySpan<long> values, IArrowArray array, Span<DateTime> destination)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var (ticks, rest) = Math.DivRem(values[i], TimeSpan.NanosecondsPerTick);
            destination[i] = array.IsNull(i) ? default : FromTicks(rest < 0 ? ticks - 1 : ticks);
        }
    }

    private static DateTime FromTicks(long ticks) => new(checked(DateTime.UnixEpoch.Ticks + ticks), DateTimeKind.Utc);
}
