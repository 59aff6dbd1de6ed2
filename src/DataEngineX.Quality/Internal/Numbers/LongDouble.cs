using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>A sum as two doubles, the second of which holds what the first lost: sums in any order agree to some thirty digits.</summary>
/// <param name="High">The sum as a double.</param>
/// <param name="Low">What rounding took from it.</param>
internal readonly record struct LongDouble(double High, double Low)
{
    /// <summary>As one double; an infinity or NaN is just that.</summary>
    public double Value => double.IsFinite(High) && double.IsFinite(Low) ? High + Low : High;

    public LongDouble Add(double value)
    {
        var (sum, lost) = Sum(High, value);
        return new LongDouble(sum, Low + lost);
    }

    public LongDouble Add(LongDouble other)
    {
        var (sum, lost) = Sum(High, other.High);
        return new LongDouble(sum, Low + other.Low + lost);
    }

    /// <summary>The sum of lanes.</summary>
    public static LongDouble Of(Vector<double> highs, Vector<double> lows)
    {
        var sum = default(LongDouble);
        for (var lane = 0; lane < Vector<double>.Count; lane++)
            sum = sum.Add(new LongDouble(highs[lane], lows[lane]));
        return sum;
    }

    /// <summary>Adds lanes to lanes: <paramref name="lows"/> takes what <paramref name="highs"/> loses.</summary>
    public static void Add(ref Vector<double> highs, ref Vector<double> lows, Vector<double> values)
    {
        var sum = highs + values;
        var part = sum - highs;
        lows += (highs - (sum - part)) + (values - part);
        highs = sum;
    }

    /// <summary>Adds products to lanes, with the digits that multiplying loses.</summary>
    public static void AddProduct(ref Vector<double> highs, ref Vector<double> lows, Vector<double> first, Vector<double> second)
    {
        var product = first * second;
        lows += Vector.FusedMultiplyAdd(first, second, -product);
        Add(ref highs, ref lows, product);
    }

    public LongDouble AddProduct(double first, double second)
    {
        var product = first * second;
        var sum = Add(product);
        return sum with { Low = sum.Low + Math.FusedMultiplyAdd(first, second, -product) };
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(High);
        writer.Write(Low);
    }

    public static LongDouble Load(BinaryReader reader) => new(reader.ReadDouble(), reader.ReadDouble());

    private static (double Sum, double Lost) Sum(double a, double b)
    {
        var sum = a + b;
        var part = sum - a;
        return (sum, (a - (sum - part)) + (b - part));
    }
}
