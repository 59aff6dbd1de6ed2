using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality;

/// <summary>Turns stored values of any fixed width into the two forms that states work on: ordered 64-bit numbers, and doubles.</summary>
internal static class FixedReader
{
    /// <summary>Reads some rows, those without a value too.</summary>
    /// <param name="column">The column.</param>
    /// <param name="start">The first row.</param>
    /// <param name="scratch">Takes the values.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="power">The power of ten that the stored number of a decimal is divided by.</param>
    /// <returns>False when a decimal does not fit 64 bits; its ordered number is then a hash.</returns>
    public static bool Read(IArrowArray column, int start, int count, Scratch scratch, double power)
    {
        var ordered = scratch.Ordered.AsSpan(0, count);
        var numbers = scratch.Numbers.AsSpan(0, count);
        switch (column.Data.DataType.TypeId)
        {
            case ArrowTypeId.Double:
                Floats(Slice<double>(column, start, count), ordered, numbers);
                return true;
            case ArrowTypeId.Float:
                Floats(Slice<float>(column, start, count), ordered, numbers);
                return true;
            case ArrowTypeId.HalfFloat:
                Floats(Slice<Half>(column, start, count), ordered, numbers);
                return true;
            case ArrowTypeId.Int8:
                Integers(Slice<sbyte>(column, start, count), ordered, numbers);
                return true;
            case ArrowTypeId.UInt8:
                Integers(Slice<byte>(column, start, count), ordered, numbers);
                return true;
            case ArrowTypeId.Int16:
                Integers(Slice<short>(column, start, count), ordered, numbers);
                return true;
            case ArrowTypeId.UInt16:
                Integers(Slice<ushort>(column, start, count), ordered, numbers);
                return true;
            case ArrowTypeId.Int32 or ArrowTypeId.Date32 or ArrowTypeId.Time32:
                Integers(Slice<int>(column, start, count), ordered, numbers);
                return true;
            case ArrowTypeId.UInt32:
                Integers(Slice<uint>(column, start, count), ordered, numbers);
                return true;
            case ArrowTypeId.UInt64:
                Unsigned(Slice<ulong>(column, start, count), ordered, numbers);
                return true;
            case ArrowTypeId.Decimal128:
                return Decimals(Slice<Int128>(column, start, count), ordered, numbers, power);
            default:
                Integers(Slice<long>(column, start, count), ordered, numbers);
                return true;
        }
    }

    private static ReadOnlySpan<T> Slice<T>(IArrowArray column, int start, int count)
        where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(column.Data.Buffers[1].Span).Slice(column.Offset + start, count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Integers<T>(ReadOnlySpan<T> values, Span<long> ordered, Span<double> numbers)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = long.CreateTruncating(values[i]);
            ordered[i] = value;
            numbers[i] = value;
        }
    }

    private static void Unsigned(ReadOnlySpan<ulong> values, Span<long> ordered, Span<double> numbers)
    {
        for (var i = 0; i < values.Length; i++)
        {
            ordered[i] = (long)(values[i] ^ (1UL << 63));
            numbers[i] = values[i];
        }
    }

    private static void Floats<T>(ReadOnlySpan<T> values, Span<long> ordered, Span<double> numbers)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = double.CreateTruncating(values[i]);
            ordered[i] = ColumnShape.OrderedOf(value);
            numbers[i] = value;
        }
    }

    private static bool Decimals(ReadOnlySpan<Int128> values, Span<long> ordered, Span<double> numbers, double power)
    {
        var fits = true;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            numbers[i] = (double)value / power;
            if (value >= long.MinValue && value <= long.MaxValue)
            {
                ordered[i] = (long)value;
                continue;
            }

            ordered[i] = (long)HashMix.Combine(HashMix.Of((ulong)(value >> 64)), (ulong)value);
            fits = false;
        }

        return fits;
    }
}
