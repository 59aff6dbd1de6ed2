using System.Numerics;
using System.Text;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>The loops of <see cref="BetweenRule"/>, one for each way values are stored.</summary>
internal static class Range
{
    public static bool IsNaN(object? value) => value is double d && double.IsNaN(d) || value is float f && float.IsNaN(f) || value is Half h && Half.IsNaN(h);

    /// <summary>Whole storage values: strict and fractional bounds become the nearest whole number inside.</summary>
    public static BoundRule Stored<T>(int ordinal, StoredBound min, StoredBound max, BetweenRule rule)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (min.Infinity > max.Infinity || (min.Infinity == 0 && max.Infinity == 0 && min.Number.CompareTo(max.Number) > 0))
            throw rule.Crossed();
        var least = BigInteger.CreateChecked(T.MinValue);
        var most = BigInteger.CreateChecked(T.MaxValue);
        var low = min.Infinity switch
        {
            0 => rule.StrictMin ? min.Number.Floor + 1 : min.Number.Ceiling,
            1 => most + 1,
            _ => least,
        };
        var high = max.Infinity switch
        {
            0 => rule.StrictMax ? max.Number.Ceiling - 1 : max.Number.Floor,
            -1 => least - 1,
            _ => most,
        };
        if (low > most || high < least || low > high)
            return RowTest.Always(ordinal, holds: false);
        var from = T.CreateChecked(BigInteger.Max(low, least));
        var to = T.CreateChecked(BigInteger.Min(high, most));
        var test = new ValueTests.Within<T>(from, to, strictMin: false, strictMax: false);
        return RowTest.OfColumn(ordinal, (batch, _, fails) =>
        {
            if (batch.Column(ordinal) is not NullArray)
                ValueTests.RunVectors(RuleBatch.Values<T>(batch.Column(ordinal)), test, fails);
        });
    }

    /// <summary>Floating point: every comparison with NaN is false, so NaN is outside.</summary>
    public static BoundRule Floats<T>(int ordinal, T? min, T? max, BetweenRule rule)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (min > max)
            throw rule.Crossed();
        var test = new ValueTests.Within<T>(
            min ?? T.NegativeInfinity, max ?? T.PositiveInfinity, rule.StrictMin && min is not null, rule.StrictMax && max is not null);
        return RowTest.OfColumn(ordinal, (batch, _, fails) => ValueTests.RunVectors(RuleBatch.Values<T>(batch.Column(ordinal)), test, fails));
    }

    /// <summary>Text by bytes of UTF-8.</summary>
    public static BoundRule Text(int ordinal, string? min, string? max, BetweenRule rule)
    {
        var from = min is null ? null : Encoding.UTF8.GetBytes(min);
        var to = max is null ? null : Encoding.UTF8.GetBytes(max);
        if (from is not null && to is not null && from.AsSpan().SequenceCompareTo(to) > 0)
            throw rule.Crossed();
        // An order of 0 is the bound itself: outside when the bound is strict.
        var lowest = rule.StrictMin ? 1 : 0;
        var highest = rule.StrictMax ? -1 : 0;
        return TextRows.Rule(ordinal, text =>
            (from is null || Math.Sign(text.SequenceCompareTo(from)) >= lowest)
            && (to is null || Math.Sign(text.SequenceCompareTo(to)) <= highest));
    }
}
