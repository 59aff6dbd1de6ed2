using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>The sums of two columns, of their squares and of their products, to some thirty digits in whatever order rows come.</summary>
internal readonly record struct PairSums(long Count, LongDouble X, LongDouble Y, LongDouble XX, LongDouble YY, LongDouble XY)
{
    /// <summary>The correlation; NaN or infinite where there is none.</summary>
    public double Correlation
    {
        get
        {
            if (Count == 0)
                return double.NaN;
            var (xx, yy, xy) = (ExactSums.Spread(Count, X, X, XX), ExactSums.Spread(Count, Y, Y, YY), ExactSums.Spread(Count, X, Y, XY));
            var product = xx * yy;
            var spread = double.IsNormal(product) ? Math.Sqrt(product) : Math.Sqrt(xx) * Math.Sqrt(yy);
            var correlation = xy / spread;
            return double.IsFinite(correlation) ? Math.Clamp(correlation, -1, 1) : double.NaN;
        }
    }

    public static PairSums Of(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys)
    {
        Vector<double> x = default, xLow = default, y = default, yLow = default;
        Vector<double> xx = default, xxLow = default, yy = default, yyLow = default, xy = default, xyLow = default;
        var i = 0;
        for (; i <= xs.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var (nextX, nextY) = (new Vector<double>(xs[i..]), new Vector<double>(ys[i..]));
            LongDouble.Add(ref x, ref xLow, nextX);
            LongDouble.Add(ref y, ref yLow, nextY);
            LongDouble.AddProduct(ref xx, ref xxLow, nextX, nextX);
            LongDouble.AddProduct(ref yy, ref yyLow, nextY, nextY);
            LongDouble.AddProduct(ref xy, ref xyLow, nextX, nextY);
        }

        var sums = new PairSums(
            xs.Length, LongDouble.Of(x, xLow), LongDouble.Of(y, yLow), LongDouble.Of(xx, xxLow), LongDouble.Of(yy, yyLow), LongDouble.Of(xy, xyLow));
        for (; i < xs.Length; i++)
            sums = sums.Add(xs[i], ys[i]);
        return sums;
    }

    public PairSums Merge(PairSums other) =>
        new(Count + other.Count, X.Add(other.X), Y.Add(other.Y), XX.Add(other.XX), YY.Add(other.YY), XY.Add(other.XY));

    public void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        foreach (var sum in (LongDouble[])[X, Y, XX, YY, XY])
            sum.Save(writer);
    }

    public static PairSums Load(BinaryReader reader) => new(
        StateFormat.Count(reader),
        LongDouble.Load(reader),
        LongDouble.Load(reader),
        LongDouble.Load(reader),
        LongDouble.Load(reader),
        LongDouble.Load(reader));

    private PairSums Add(double x, double y) =>
        this with { X = X.Add(x), Y = Y.Add(y), XX = XX.AddProduct(x, x), YY = YY.AddProduct(y, y), XY = XY.AddProduct(x, y) };
}
