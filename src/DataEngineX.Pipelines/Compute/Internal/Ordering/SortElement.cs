using System.Runtime.CompilerServices;

namespace DataEngineX.Compute;

/// <summary>
/// A row to be sorted: 96 bits of encoded key whose unsigned order is the order of the row, then the row's number. As no two elements are
/// equal, any sort of them is stable.
/// </summary>
internal readonly struct SortElement(ulong high, ulong low) : IComparable<SortElement>
{
    /// <summary>Bits that hold the key.</summary>
    public const int KeyBits = 96;

    public readonly ulong High = high;
    public readonly ulong Low = low;

    /// <summary>The row: chunk in the upper, row of the chunk in the lower half.</summary>
    public uint Row => (uint)Low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsBelow(in SortElement other) => High < other.High || (High == other.High && Low < other.Low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasKeyOf(in SortElement other) => High == other.High && (Low ^ other.Low) >> 32 == 0;

    /// <summary>The least element of the same leading key bits.</summary>
    public SortElement Floor(int keyBits)
    {
        UInt128 value = keyBits == 0 ? UInt128.Zero : new UInt128(High, Low) & (UInt128.MaxValue << (128 - keyBits));
        return new SortElement((ulong)(value >> 64), (ulong)value);
    }

    public int CompareTo(SortElement other) => IsBelow(other) ? -1 : other.IsBelow(this) ? 1 : 0;
}
