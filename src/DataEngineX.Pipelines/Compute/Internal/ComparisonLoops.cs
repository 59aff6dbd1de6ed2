using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataEngineX.Compute;

/// <summary>The loops of <see cref="Comparison"/>, 64 rows to a word of the output.</summary>
internal static class ComparisonLoops
{
    public static void Arrays<T, TOp>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<ulong> words)
        where T : unmanaged, INumber<T>
        where TOp : struct, IComparisonOp
    {
        for (int w = 0; w < words.Length; w++)
        {
            int start = w << 6;
            int count = Math.Min(64, left.Length - start);
            ReadOnlySpan<T> l = left.Slice(start, count);
            ReadOnlySpan<T> r = right.Slice(start, count);
            ulong word = 0;
            int i = 0;
            if (Vector256.IsHardwareAccelerated && Vector256<T>.IsSupported)
            {
                ref T lr = ref MemoryMarshal.GetReference(l);
                ref T rr = ref MemoryMarshal.GetReference(r);
                for (; i <= count - Vector256<T>.Count; i += Vector256<T>.Count)
                {
                    Vector256<T> result = TOp.Many(
                        Vector256.LoadUnsafe(ref lr, (nuint)i), Vector256.LoadUnsafe(ref rr, (nuint)i));
                    word |= (ulong)result.ExtractMostSignificantBits() << i;
                }
            }

            for (; i < count; i++)
            {
                word |= Bit(TOp.One(l[i], r[i])) << i;
            }

            words[w] = word;
        }
    }

    public static void Scalar<T, TOp>(ReadOnlySpan<T> left, T right, Span<ulong> words)
        where T : unmanaged, INumber<T>
        where TOp : struct, IComparisonOp
    {
        for (int w = 0; w < words.Length; w++)
        {
            int start = w << 6;
            int count = Math.Min(64, left.Length - start);
            ReadOnlySpan<T> l = left.Slice(start, count);
            ulong word = 0;
            int i = 0;
            if (Vector256.IsHardwareAccelerated && Vector256<T>.IsSupported)
            {
                ref T lr = ref MemoryMarshal.GetReference(l);
                Vector256<T> scalar = Vector256.Create(right);
                for (; i <= count - Vector256<T>.Count; i += Vector256<T>.Count)
                {
                    word |= (ulong)TOp.Many(Vector256.LoadUnsafe(ref lr, (nuint)i), scalar).ExtractMostSignificantBits() << i;
                }
            }

            for (; i < count; i++)
            {
                word |= Bit(TOp.One(l[i], right)) << i;
            }

            words[w] = word;
        }
    }

    public static void Bools<TOp>(Bits left, Bits right, Span<ulong> words)
        where TOp : struct, IComparisonOp
    {
        for (int w = 0; w < words.Length; w++)
        {
            words[w] = TOp.Bools(left.Word(w), right.Word(w)) & Bits.Ones(left.Length).Word(w);
        }
    }

    public static void Bytes<TOp>(BytesColumn left, BytesColumn right, Span<ulong> words)
        where TOp : struct, IComparisonOp
    {
        int length = left.Offsets.Length - 1;
        for (int i = 0; i < length; i++)
        {
            words[i >> 6] |= Bit(BytesPair<TOp>(left[i], right[i])) << (i & 63);
        }
    }

    public static void BytesScalar<TOp>(BytesColumn left, ReadOnlySpan<byte> right, Span<ulong> words)
        where TOp : struct, IComparisonOp
    {
        int length = left.Offsets.Length - 1;
        for (int i = 0; i < length; i++)
        {
            words[i >> 6] |= Bit(BytesPair<TOp>(left[i], right)) << (i & 63);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool BytesPair<TOp>(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
        where TOp : struct, IComparisonOp =>
        typeof(TOp) == typeof(EqualOp) ? left.SequenceEqual(right)
        : typeof(TOp) == typeof(NotEqualOp) ? !left.SequenceEqual(right)
        : TOp.Ordered(left.SequenceCompareTo(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bit(bool value) => value ? 1UL : 0UL;
}
