using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>How stored values become values of another Arrow type.</summary>
internal static class FixedConversions
{
    private const long JulianDayOfEpoch = 2_440_588;
    private const long MicrosOfDay = 86_400_000_000;

    /// <summary>Each value by itself.</summary>
    internal static FixedConversion Each<TStored, TValue>(Func<TStored, TValue> convert)
        where TStored : unmanaged
        where TValue : unmanaged =>
        (stored, values, count) =>
        {
            var from = MemoryMarshal.Cast<byte, TStored>(stored);
            var to = MemoryMarshal.Cast<byte, TValue>(values);
            for (var i = 0; i < count; i++)
                to[i] = convert(from[i]);
        };

    /// <summary>Numbers of one kind to another, cutting what does not fit: stored integers fit what the file says they are.</summary>
    internal static void Number<TStored, TValue>(ReadOnlySpan<byte> stored, Span<byte> values, int count)
        where TStored : unmanaged, INumber<TStored>
        where TValue : unmanaged, INumber<TValue>
    {
        var from = MemoryMarshal.Cast<byte, TStored>(stored)[..count];
        var to = MemoryMarshal.Cast<byte, TValue>(values)[..count];
        for (var i = 0; i < from.Length; i++)
            to[i] = TValue.CreateTruncating(from[i]);
    }

    /// <summary>Numbers of one kind to a narrower one, in which each of them must fit.</summary>
    internal static void Narrow<TStored, TValue>(ReadOnlySpan<byte> stored, Span<byte> values, int count)
        where TStored : unmanaged, INumber<TStored>
        where TValue : unmanaged, INumber<TValue>
    {
        var from = MemoryMarshal.Cast<byte, TStored>(stored)[..count];
        var to = MemoryMarshal.Cast<byte, TValue>(values)[..count];
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = TValue.CreateSaturating(from[i]);
            if (TStored.CreateSaturating(to[i]) != from[i])
                Corrupt.Throw($"its value {from[i]} does not fit in {typeof(TValue).Name}, which is wanted");
        }
    }

    /// <summary>Days to the microsecond at which they begin.</summary>
    internal static void Days(ReadOnlySpan<byte> stored, Span<byte> values, int count)
    {
        var from = MemoryMarshal.Cast<byte, int>(stored)[..count];
        var to = MemoryMarshal.Cast<byte, long>(values)[..count];
        for (var i = 0; i < from.Length; i++)
            to[i] = from[i] * MicrosOfDay;
    }

    /// <summary>Timestamps to microseconds, or null when they are.</summary>
    internal static FixedConversion? Timestamp(TimeUnit unit) => unit switch
    {
        TimeUnit.Millisecond => Each<long, long>(static v => checked(v * 1000)),
        TimeUnit.Nanosecond => Each<long, long>(static v => v >= 0 ? v / 1000 : -((-v + 999) / 1000)),
        _ => null,
    };

    /// <summary>
    /// Nanoseconds of a day and a Julian day, as old writers kept timestamps. Those at the ends of the range of microseconds have Julian days that went
    /// around when they were written; going around once more brings them back.
    /// </summary>
    internal static void Int96(ReadOnlySpan<byte> stored, Span<byte> values, int count)
    {
        var to = MemoryMarshal.Cast<byte, long>(values);
        for (var i = 0; i < count; i++)
        {
            var nanos = BinaryPrimitives.ReadInt64LittleEndian(stored[(i * 12)..]);
            var day = BinaryPrimitives.ReadInt32LittleEndian(stored[((i * 12) + 8)..]);
            to[i] = unchecked(((day - JulianDayOfEpoch) * MicrosOfDay) + (nanos / 1000));
        }
    }

    internal static void Half(ReadOnlySpan<byte> stored, Span<byte> values, int count)
    {
        var to = MemoryMarshal.Cast<byte, float>(values);
        for (var i = 0; i < count; i++)
            to[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(stored[(i * 2)..]);
    }

    /// <summary>Unscaled decimals, with more places where the wanted type has more.</summary>
    internal static FixedConversion Decimal(PhysicalType physical, int width, Int128 factor) => physical switch
    {
        PhysicalType.Int32 => Each<int, Int128>(v => checked(v * factor)),
        PhysicalType.Int64 => Each<long, Int128>(v => checked(v * factor)),
        _ => (stored, values, count) => FixedDecimal(stored, values, count, width, factor),
    };

    /// <summary>A signed number whose highest byte comes first.</summary>
    internal static Int128 BigEndian(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return 0;
        Span<byte> whole = stackalloc byte[16];
        var sign = (bytes[0] & 0x80) != 0 ? (byte)0xFF : (byte)0;
        whole.Fill(sign);
        if (bytes.Length > 16 && bytes[..^16].ContainsAnyExcept(sign))
            throw new OverflowException("a decimal has more digits than fit");
        var kept = bytes.Length > 16 ? bytes[^16..] : bytes;
        kept.CopyTo(whole[(16 - kept.Length)..]);
        return BinaryPrimitives.ReadInt128BigEndian(whole);
    }

    private static void FixedDecimal(ReadOnlySpan<byte> stored, Span<byte> values, int count, int width, Int128 factor)
    {
        var to = MemoryMarshal.Cast<byte, Int128>(values);
        for (var i = 0; i < count; i++)
            to[i] = checked(BigEndian(stored.Slice(i * width, width)) * factor);
    }
}
