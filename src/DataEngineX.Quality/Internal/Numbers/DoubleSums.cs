using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>
/// Count, sum and sum of squares of numbers, to some thirty digits: mean and deviation are exact to the last digits of a double, in whatever order
/// and parts values come. Values beyond 1e154 have no squares, and their deviation is infinite.
/// </summary>
internal readonly record struct DoubleSums(long Count, LongDouble Sum, LongDouble Squares)
{
    public static DoubleSums Of(ReadOnlySpan<double> values)
    {
        Vector<double> sums = default, sumsLow = default, squares = default, squaresLow = default;
        var i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var next = new Vector<double>(values[i..]);
            LongDouble.Add(ref sums, ref sumsLow, next);
            LongDouble.AddProduct(ref squares, ref squaresLow, next, next);
        }

        var (sum, square) = (LongDouble.Of(sums, sumsLow), LongDouble.Of(squares, squaresLow));
        for (; i < values.Length; i++)
            (sum, square) = (sum.Add(values[i]), square.AddProduct(values[i], values[i]));
        return new DoubleSums(values.Length, sum, square);
    }

    /// <summary>The mean; NaN of no values.</summary>
    public double Mean => Count == 0 ? double.NaN : Sum.Value / Count;

    /// <summary>The standard deviation of a sample; NaN below two values.</summary>
    public double StandardDeviation => Count < 2 ? double.NaN : Math.Sqrt(ExactSums.Spread(Count, Sum, Sum, Squares) / (Count - 1));

    public DoubleSums Merge(DoubleSums other) => new(Count + other.Count, Sum.Add(other.Sum), Squares.Add(other.Squares));

    public void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        Sum.Save(writer);
        Squares.Save(writer);
    }

    public static DoubleSums Load(BinaryReader reader) => new(StateFormat.Count(reader), LongDouble.Load(reader), LongDouble.Load(reader));
}
