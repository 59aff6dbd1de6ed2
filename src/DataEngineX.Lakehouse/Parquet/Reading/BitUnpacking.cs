using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Turns numbers of a fixed count of bits, packed from the lowest bit on, into 32-bit numbers.</summary>
/// <remarks>
/// Eight numbers take as many bytes as one has bits, so each group of eight starts at a byte. Up to 25 bits a number lies within four bytes
/// wherever it starts: a byte shuffle brings those four bytes into each lane, a shift per lane and a mask do the rest. Measured on 17-bit
/// indices.
/// </remarks>
internal static class BitUnpacking
{
    private const int WidestShuffle = 25;
    private static readonly Vector256<byte>[] Shuffles = [.. Enumerable.Range(0, WidestShuffle + 1).Select(ShuffleOf)];
    private static readonly Vector256<uint>[] Shifts = [.. Enumerable.Range(0, WidestShuffle + 1).Select(ShiftOf)];

    /// <summary>Unpacks whole groups of eight.</summary>
    /// <param name="source">The packed bytes; 32 more must be readable behind them.</param>
    /// <param name="bits">Bits of a number, 1 to 32.</param>
    /// <param name="into">A multiple of eight numbers.</param>
    internal static void Unpack(ref byte source, int bits, Span<uint> into)
    {
        if (Avx2.IsSupported && bits <= WidestShuffle)
            UnpackWide(ref source, bits, into);
        else
            UnpackEach(ref source, bits, into);
    }

    /// <summary>Number <paramref name="index"/> of a run of packed numbers.</summary>
    internal static uint One(ref byte source, int bits, int index)
    {
        var bit = (long)index * bits;
        var word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, (nint)(bit >> 3)));
        return (uint)(word >> (int)(bit & 7)) & Mask(bits);
    }

    private static uint Mask(int bits) => uint.MaxValue >> (32 - bits);

    private static void UnpackEach(ref byte source, int bits, Span<uint> into)
    {
        var mask = Mask(bits);
        long bit = 0;
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = (uint)(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, (nint)(bit >> 3))) >> (int)(bit & 7)) & mask;
            bit += bits;
        }
    }

    private static void UnpackWide(ref byte source, int bits, Span<uint> into)
    {
        var shuffle = Shuffles[bits];
        var shift = Shifts[bits];
        var mask = Vector256.Create(Mask(bits));
        nint upper = (4 * bits) >> 3;
        ref var target = ref MemoryMarshal.GetReference(into);
        for (var i = 0; i < into.Length; i += 8)
        {
            var both = Vector256.Create(
                Vector128.LoadUnsafe(ref source), Vector128.LoadUnsafe(ref Unsafe.Add(ref source, upper)));
            var lanes = Avx2.ShiftRightLogicalVariable(Avx2.Shuffle(both, shuffle).AsUInt32(), shift) & mask;
            lanes.StoreUnsafe(ref target, (nuint)i);
            source = ref Unsafe.Add(ref source, bits);
        }
    }

    // The upper four numbers are loaded from the byte in which the fifth starts.
    private static Vector256<byte> ShuffleOf(int bits)
    {
        var bytes = new byte[32];
        for (var lane = 0; lane < 8; lane++)
        {
            var first = ((lane * bits) >> 3) - (lane < 4 ? 0 : (4 * bits) >> 3);
            for (var b = 0; b < 4; b++)
                bytes[(lane * 4) + b] = (byte)(first + b);
        }

        return Vector256.Create(bytes);
    }

    private static Vector256<uint> ShiftOf(int bits) =>
        Vector256.Create([.. Enumerable.Range(0, 8).Select(lane => (uint)((lane * bits) & 7))]);
}
