using System.Globalization;
using System.Text;

namespace DataEngineX.Quality;

/// <summary>Two bounds of an aggregate, in the terms of what it gives: a number, a stored value of a column, or text.</summary>
internal sealed class Bounds
{
    private readonly double? _low;
    private readonly double? _high;
    private readonly StoredBound _lowStored;
    private readonly StoredBound _highStored;
    private readonly byte[]? _lowText;
    private readonly byte[]? _highText;
    private readonly BoundPair _pair;

    private Bounds(BoundPair pair, double? low, double? high) => (_pair, _low, _high) = (pair, low, high);

    private Bounds(BoundPair pair, StoredBound low, StoredBound high) => (_pair, _lowStored, _highStored) = (pair, low, high);

    private Bounds(BoundPair pair, byte[]? low, byte[]? high) => (_pair, _lowText, _highText) = (pair, low, high);

    /// <summary>Whether there is a bound: without one, anything holds, a missing value too.</summary>
    public bool Any => _pair.Min is not null || _pair.Max is not null;

    public static Bounds OfNumber(BoundPair pair, Func<string, Exception> unfit)
    {
        var (low, high) = (Number(pair.Min, unfit), Number(pair.Max, unfit));
        return low > high ? throw unfit(Crossed(pair)) : new Bounds(pair, low, high);
    }

    public static Bounds OfStored(BoundPair pair, StoredColumn column, Func<string, Exception> unfit)
    {
        var (low, high) = (Stored(pair.Min, column, unfit), Stored(pair.Max, column, unfit));
        return low.Infinity > high.Infinity || (low.Infinity == 0 && high.Infinity == 0 && low.Number.CompareTo(high.Number) > 0)
            ? throw unfit(Crossed(pair))
            : new Bounds(pair, low, high);
    }

    public static Bounds OfText(BoundPair pair, Func<string, Exception> unfit)
    {
        var (low, high) = (Text(pair.Min, unfit), Text(pair.Max, unfit));
        return low is not null && high is not null && low.AsSpan().SequenceCompareTo(high) > 0
            ? throw unfit(Crossed(pair))
            : new Bounds(pair, low, high);
    }

    /// <summary>Whether a number is within; NaN is within no bounds.</summary>
    public bool Hold(double value) =>
        (_low is not { } low || (_pair.StrictMin ? value > low : value >= low))
        && (_high is not { } high || (_pair.StrictMax ? value < high : value <= high));

    /// <summary>Whether a stored value is within.</summary>
    public bool Hold(Int128 stored)
    {
        var value = new ExactNumber((System.Numerics.BigInteger)stored, System.Numerics.BigInteger.One);
        return Above(_lowStored, value) && Below(_highStored, value);
    }

    /// <summary>Whether a text is within.</summary>
    public bool Hold(ReadOnlySpan<byte> text) =>
        (_lowText is null || text.SequenceCompareTo(_lowText) is var low && (_pair.StrictMin ? low > 0 : low >= 0))
        && (_highText is null || text.SequenceCompareTo(_highText) is var high && (_pair.StrictMax ? high < 0 : high <= 0));

    /// <summary>A bound as a number.</summary>
    public static double? Number(object? value, Func<string, Exception> unfit) => RuleText.Spelled(value) switch
    {
        null => null,
        double d => d,
        float f => f,
        decimal or sbyte or byte or short or ushort or int or uint or long or ulong or Half => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => throw unfit($"the bound '{RuleText.Of(value)}' is not a number."),
    };

    private bool Above(StoredBound bound, ExactNumber value) => bound.Infinity switch
    {
        null or -1 => true,
        1 => false,
        _ => value.CompareTo(bound.Number) is var order && (_pair.StrictMin ? order > 0 : order >= 0),
    };

    private bool Below(StoredBound bound, ExactNumber value) => bound.Infinity switch
    {
        null or 1 => true,
        -1 => false,
        _ => value.CompareTo(bound.Number) is var order && (_pair.StrictMax ? order < 0 : order <= 0),
    };

    private static StoredBound Stored(object? value, StoredColumn column, Func<string, Exception> unfit) => RuleText.Spelled(value) switch
    {
        null => default,
        double.PositiveInfinity or float.PositiveInfinity => new StoredBound(1, default),
        double.NegativeInfinity or float.NegativeInfinity => new StoredBound(-1, default),
        _ when column.Type is Apache.Arrow.Types.BooleanType => StoredLiteral.TryRead(value is bool flag ? (flag ? 1 : 0) : value!, Apache.Arrow.Types.Int64Type.Default, out var number, out var problem)
            ? new StoredBound(0, number)
            : throw unfit(problem),
        _ => StoredLiteral.TryRead(value!, column.Type, out var number, out var problem) ? new StoredBound(0, number) : throw unfit(problem),
    };

    private static byte[]? Text(object? value, Func<string, Exception> unfit) => value switch
    {
        null => null,
        string text => Encoding.UTF8.GetBytes(text),
        _ => throw unfit($"the column is text, and the bound {RuleText.Of(value)} is not."),
    };

    private static string Crossed(BoundPair pair) => $"the lower bound {RuleText.Of(pair.Min)} is above the upper bound {RuleText.Of(pair.Max)}.";
}
