using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataEngineX.Compute;

/// <summary>Hashes packed keys. Words that are zero add nothing, so that a hash does not depend on the layout's width.</summary>
internal static class KeyHash
{
    /// <summary>The bits of a hash that choose a partition are its highest, those that choose a slot its lowest.</summary>
    public static int Partition(ulong hash, int bits) => bits == 0 ? 0 : (int)(hash >> (64 - bits));

    public static void Hash(ReadOnlySpan<ulong> rows, KeyLayout layout, Span<ulong> hashes)
    {
        ReadOnlySpan<ulong> multipliers = layout.Multipliers;
        // No bounds checks: there are as many words in the rows as hashes times words of a key.
        ref var row = ref MemoryMarshal.GetReference(rows);
        switch (multipliers.Length)
        {
            case 1:
                var only = multipliers[0];
                for (var i = 0; i < hashes.Length; i++)
                    hashes[i] = Finish(Fold(Unsafe.Add(ref row, i), only));
                break;
            case 2:
                var first = multipliers[0];
                var second = multipliers[1];
                for (var i = 0; i < hashes.Length; i++)
                {
                    hashes[i] = Finish(Fold(row, first) + Fold(Unsafe.Add(ref row, 1), second));
                    row = ref Unsafe.Add(ref row, 2);
                }

                break;
            default:
                ref var factor = ref MemoryMarshal.GetReference(multipliers);
                for (var i = 0; i < hashes.Length; i++)
                {
                    ulong sum = 0;
                    for (var w = 0; w < multipliers.Length; w++)
                        sum += Fold(Unsafe.Add(ref row, w), Unsafe.Add(ref factor, w));
                    hashes[i] = Finish(sum);
                    row = ref Unsafe.Add(ref row, multipliers.Length);
                }

                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong word, ulong multiplier)
    {
        var high = Math.BigMul(word, multiplier, out ulong low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Finish(ulong sum)
    {
        sum ^= sum >> 32;
        sum *= 0xD6E8FEB86659FD93;
        return sum ^ (sum >> 32);
    }
}
