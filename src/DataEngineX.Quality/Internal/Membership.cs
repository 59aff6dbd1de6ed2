using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Quality;

/// <summary>The loops of <see cref="InSetRule"/>, one for each way values are stored.</summary>
internal static class Membership
{
    /// <summary>Whole values that lie so close together are looked up in bits.</summary>
    private const int MostBits = 1 << 16;

    public static BoundRule Fixed<T>(int ordinal, IEnumerable<T> values, bool negated)
        where T : unmanaged, INumber<T>
    {
        var set = new HashSet<T>(values);
        if (TryRange(set) is { } range)
        {
            return RowTest.OfColumn(ordinal, (batch, _, fails) =>
            {
                ValueTests.RunVectors(RuleBatch.Values<T>(batch.Column(ordinal)), range, fails);
                for (var w = 0; negated && w < fails.Length; w++)
                    fails[w] = ~fails[w];
            });
        }

        return TryBits(set, negated) is { } bits
            ? RowTest.OfColumn(ordinal, (batch, _, fails) => ValueTests.Run(RuleBatch.Values<T>(batch.Column(ordinal)), bits, fails))
            : RowTest.OfColumn(ordinal, (batch, _, fails) => ValueTests.Run(RuleBatch.Values<T>(batch.Column(ordinal)), new InSet<T>(set, negated), fails));
    }

    public static BoundRule Flags(int ordinal, IReadOnlyList<bool> values, bool negated)
    {
        var (trueFails, falseFails) = (values.Contains(true) == negated, values.Contains(false) == negated);
        return RowTest.OfColumn(ordinal, (batch, _, fails) =>
        {
            // First the rows that are not true, which are the false ones among those with a value.
            TruthBits.NotTrue((BooleanArray)batch.Column(ordinal), fails);
            for (var w = 0; w < fails.Length; w++)
                fails[w] = (trueFails ? ~fails[w] : 0) | (falseFails ? fails[w] : 0);
        });
    }

    public static BoundRule Text(int ordinal, IEnumerable<string> values, bool negated)
    {
        var set = new HashSet<byte[]>(values.Select(Encoding.UTF8.GetBytes), BytesComparer.Instance);
        return TextRows.Rule(ordinal, text => set.GetAlternateLookup<ReadOnlySpan<byte>>().Contains(text) != negated);
    }

    /// <summary>Whole values without a gap are those between two ends.</summary>
    private static ValueTests.Within<T>? TryRange<T>(HashSet<T> set)
        where T : unmanaged, INumber<T>
    {
        if (!AreWhole(set) || long.CreateTruncating(set.Max()) - long.CreateTruncating(set.Min()) != set.Count - 1)
            return null;
        return new ValueTests.Within<T>(set.Min(), set.Max(), strictMin: false, strictMax: false);
    }

    private static bool AreWhole<T>(HashSet<T> set)
        where T : unmanaged, INumber<T> =>
        set.Count > 0 && typeof(T) != typeof(Int128) && typeof(T) != typeof(double) && typeof(T) != typeof(float) && typeof(T) != typeof(Half)
        && set.All(v => T.IsInteger(v) && long.CreateSaturating(v) is > long.MinValue / 4 and < long.MaxValue / 4);

    private static InBits<T>? TryBits<T>(HashSet<T> set, bool negated)
        where T : unmanaged, INumber<T>
    {
        if (!AreWhole(set))
            return null;
        var (least, most) = (set.Min(long.CreateTruncating), set.Max(long.CreateTruncating));
        if (most - least >= MostBits)
            return null;
        var bits = new ulong[((most - least) >> 6) + 1];
        foreach (var value in set)
            bits[(long.CreateTruncating(value) - least) >> 6] |= 1UL << (int)((long.CreateTruncating(value) - least) & 63);
        return new InBits<T>(bits, least, most, negated);
    }

    private readonly struct InBits<T>(ulong[] bits, long least, long most, bool negated) : ValueTests.ITest<T>
        where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Holds(T value)
        {
            var place = (ulong)(long.CreateTruncating(value) - least);
            return (place <= (ulong)(most - least) && ((bits[place >> 6] >> (int)(place & 63)) & 1) != 0) != negated;
        }
    }

    private readonly struct InSet<T>(HashSet<T> set, bool negated) : ValueTests.ITest<T>
        where T : unmanaged
    {
        public bool Holds(T value) => set.Contains(value) != negated;
    }
}
