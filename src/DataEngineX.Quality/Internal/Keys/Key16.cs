using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataEngineX.Quality;

/// <summary>A key of at most 15 bytes, with its length in the last byte: equal when the keys are.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Key16(ulong Low, ulong High)
{
    /// <summary>The most bytes of a key.</summary>
    public const int MaxLength = 15;

    private static ReadOnlySpan<byte> Masks =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>A mixed hash; its upper bits choose the part, its lower ones the slot.</summary>
    public ulong Hash
    {
        get
        {
            var mixed = (Low * 0x9E3779B97F4A7C15) ^ (High * 0xC2B2AE3D27D4EB4F);
            return (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93;
        }
    }

    public int Length => (int)(High >> 56);

    /// <summary>A value of at most 8 bytes.</summary>
    public static Key16 Of(ulong bits, int length) => new(bits, (ulong)length << 56);

    /// <summary>Bytes, at most 15.</summary>
    public static Key16 Of(ReadOnlySpan<byte> bytes)
    {
        var tag = (ulong)bytes.Length << 56;
        if (bytes.Length < 8)
            return new Key16(Small(bytes), tag);
        var low = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        // The last eight bytes, moved down over those that the first eight hold already.
        var last = BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]);
        var beyond = bytes.Length - 8;
        return new Key16(low, (beyond == 0 ? 0 : last >> (8 * (8 - beyond))) | tag);
    }

    /// <summary>The first of 16 bytes, at most 15, without a branch on how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Key16 Of(Vector128<byte> bytes, int length)
    {
        var kept = (bytes & Vector128.Create(Masks.Slice(16 - length, 16))).AsUInt64();
        return new Key16(kept[0], kept[1] | ((ulong)length << 56));
    }

    /// <summary>Writes the bytes of the key.</summary>
    /// <param name="target">At least 16 bytes.</param>
    public ReadOnlySpan<byte> Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(target, Low);
        BinaryPrimitives.WriteUInt64LittleEndian(target[8..], High);
        return target[..Length];
    }

    private static ulong Small(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 4)
        {
            ulong first = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            ulong last = BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]);
            return first | (last << (8 * (bytes.Length - 4)));
        }

        var value = 0UL;
        for (var i = 0; i < bytes.Length; i++)
            value |= (ulong)bytes[i] << (8 * i);
        return value;
    }
}
