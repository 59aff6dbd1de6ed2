using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>Count, sum and the sums of powers of distances from the mean: what mean, variance, skewness and kurtosis need. Any two merge.</summary>
/// <remarks>
/// Each batch is looked at twice, first for its mean, so that large values close to each other lose nothing; merging is by the formulas of Chan
/// and of Pébay. Results differ between ways to split the input only in the last digits; skewness and kurtosis lose as many digits as the mean is
/// larger than the standard deviation.
/// </remarks>
/// <param name="Count">The number of values.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="M2">The sum of the squares of the distances from the mean.</param>
/// <param name="M3">The sum of their third powers.</param>
/// <param name="M4">The sum of their fourth powers.</param>
public readonly record struct MomentSums(long Count, double Sum, double M2, double M3, double M4)
{
    /// <summary>The mean; NaN without values.</summary>
    public double Mean => Count == 0 ? double.NaN : Sum / Count;

    /// <summary>The variance of a sample (divided by n - 1); NaN for less than two values.</summary>
    public double Variance => Count < 2 ? double.NaN : M2 / (Count - 1);

    /// <summary>The variance of a population (divided by n); NaN without values.</summary>
    public double PopulationVariance => Count == 0 ? double.NaN : M2 / Count;

    /// <summary>The standard deviation of a sample; NaN for less than two values.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>The skewness of a population: m3 / m2^1.5; NaN when all values are equal.</summary>
    public double Skewness => IsFlat ? double.NaN : Math.Sqrt(Count) * M3 / Math.Pow(M2, 1.5);

    /// <summary>The excess kurtosis of a population: m4 / m2² - 3; NaN when all values are equal.</summary>
    public double Kurtosis => IsFlat ? double.NaN : (Count * M4 / (M2 * M2)) - 3;

    /// <summary>Values that differ by no more than rounding have no shape.</summary>
    private bool IsFlat => Count == 0 || !(M2 > Count * Math.Pow(Math.Abs(Mean) * 1e-15, 2));

    /// <summary>The moments of values.</summary>
    /// <param name="values">The values, all finite.</param>
    public static MomentSums Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return default;
        var sum = SumOf(values);
        var mean = sum / values.Length;
        var means = new Vector<double>(mean);
        Vector<double> v2 = default, v3 = default, v4 = default;
        var i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var distance = new Vector<double>(values[i..]) - means;
            var square = distance * distance;
            v2 += square;
            v3 += square * distance;
            v4 += square * square;
        }

        double m2 = Vector.Sum(v2), m3 = Vector.Sum(v3), m4 = Vector.Sum(v4);
        for (; i < values.Length; i++)
        {
            var distance = values[i] - mean;
            var square = distance * distance;
            m2 += square;
            m3 += square * distance;
            m4 += square * square;
        }

        return new MomentSums(values.Length, sum, m2, m3, m4);
    }

    /// <summary>The moments of one value that is there so many times.</summary>
    /// <param name="value">The value, finite.</param>
    /// <param name="count">How often.</param>
    public static MomentSums Of(double value, long count) => new(count, value * count, 0, 0, 0);

    /// <summary>The moments of these values and others.</summary>
    /// <param name="other">The others.</param>
    public MomentSums Merge(MomentSums other)
    {
        if (Count == 0)
            return other;
        if (other.Count == 0)
            return this;
        double a = Count, b = other.Count, n = a + b;
        var d = other.Mean - Mean;
        var dn = d / n;
        var m2 = M2 + other.M2 + (d * dn * a * b);
        var m3 = M3 + other.M3 + (d * dn * dn * a * b * (a - b)) + (3 * dn * ((a * other.M2) - (b * M2)));
        var m4 = M4 + other.M4 + (d * dn * dn * dn * a * b * ((a * a) - (a * b) + (b * b)))
            + (6 * dn * dn * ((a * a * other.M2) + (b * b * M2))) + (4 * dn * ((a * other.M3) - (b * M3)));
        return new MomentSums(Count + other.Count, Sum + other.Sum, m2, m3, m4);
    }

    internal static double SumOf(ReadOnlySpan<double> values)
    {
        Vector<double> sums = default;
        var i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
            sums += new Vector<double>(values[i..]);
        var sum = Vector.Sum(sums);
        for (; i < values.Length; i++)
            sum += values[i];
        return sum;
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        writer.Write(Sum);
        writer.Write(M2);
        writer.Write(M3);
        writer.Write(M4);
    }

    internal static MomentSums Load(BinaryReader reader) =>
        new(StateFormat.Count(reader), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
}
