using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>Exact sums of whole numbers.</summary>
internal static class WholeSums
{
    /// <summary>So many halves of 32 bits add up within 64.</summary>
    private const int Block = 1 << 30;

    /// <summary>The sum of 64-bit values: their upper and lower halves are added apart, so that nothing overflows.</summary>
    public static Int128 Of(ReadOnlySpan<long> values)
    {
        Int128 sum = 0;
        for (; !values.IsEmpty; values = values[Math.Min(Block, values.Length)..])
        {
            var part = values[..Math.Min(Block, values.Length)];
            Vector<long> highs = default, lows = default;
            var i = 0;
            for (; i <= part.Length - Vector<long>.Count; i += Vector<long>.Count)
            {
                var next = new Vector<long>(part[i..]);
                highs += next >> 32;
                lows += next & new Vector<long>(uint.MaxValue);
            }

            var (high, low) = (Vector.Sum(highs), Vector.Sum(lows));
            for (; i < part.Length; i++)
                (high, low) = (high + (part[i] >> 32), low + (part[i] & uint.MaxValue));
            sum += ((Int128)high << 32) + low;
        }

        return sum;
    }

    /// <summary>The sum of values of any width.</summary>
    /// <exception cref="OverflowException">It does not fit 128 bits.</exception>
    public static Int128 OfWide<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        Int128 sum = 0;
        foreach (var value in values)
            sum = checked(sum + Int128.CreateTruncating(value));
        return sum;
    }
}
