namespace DataEngineX.Quality;

/// <summary>Sums over the rows in which two columns both have a value, and counts of those in which one or both have none.</summary>
internal readonly record struct PairMoments
{
    public long Count { get; init; }

    public double MeanX { get; init; }

    public double MeanY { get; init; }

    public double SquaresX { get; init; }

    public double SquaresY { get; init; }

    public double Products { get; init; }

    public long NullsTogether { get; init; }

    public long NullsLeft { get; init; }

    public long NullsRight { get; init; }

    /// <summary>Pearson's correlation; null when one side does not vary.</summary>
    public double? Pearson => Count > 1 && SquaresX > 0 && SquaresY > 0
        ? Math.Clamp(Products / (Math.Sqrt(SquaresX) * Math.Sqrt(SquaresY)), -1, 1)
        : null;

    public static PairMoments Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        long count = 0, both = 0, left = 0, right = 0;
        double sumX = 0, sumY = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var (noX, noY) = (double.IsNaN(x[i]), double.IsNaN(y[i]));
            both += noX && noY ? 1 : 0;
            left += noX && !noY ? 1 : 0;
            right += noY && !noX ? 1 : 0;
            if (!double.IsFinite(x[i]) || !double.IsFinite(y[i]))
                continue;
            count++;
            sumX += x[i];
            sumY += y[i];
        }

        double meanX = count == 0 ? 0 : sumX / count, meanY = count == 0 ? 0 : sumY / count, xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(x[i]) || !double.IsFinite(y[i]))
                continue;
            double dx = x[i] - meanX, dy = y[i] - meanY;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }

        return new PairMoments
        {
            Count = count,
            MeanX = meanX,
            MeanY = meanY,
            SquaresX = xx,
            SquaresY = yy,
            Products = xy,
            NullsTogether = both,
            NullsLeft = left,
            NullsRight = right,
        };
    }

    public PairMoments Merge(PairMoments other)
    {
        var merged = this with
        {
            NullsTogether = NullsTogether + other.NullsTogether,
            NullsLeft = NullsLeft + other.NullsLeft,
            NullsRight = NullsRight + other.NullsRight,
        };
        if (other.Count == 0)
            return merged;
        var n = Count + other.Count;
        double dx = other.MeanX - MeanX, dy = other.MeanY - MeanY, share = (double)other.Count / n, both = Count * share;
        return merged with
        {
            Count = n,
            MeanX = MeanX + (dx * share),
            MeanY = MeanY + (dy * share),
            SquaresX = SquaresX + other.SquaresX + (dx * dx * both),
            SquaresY = SquaresY + other.SquaresY + (dy * dy * both),
            Products = Products + other.Products + (dx * dy * both),
        };
    }

    public void Save(BinaryWriter writer)
    {
        foreach (var count in (ReadOnlySpan<long>)[Count, NullsTogether, NullsLeft, NullsRight])
            writer.Write(count);
        foreach (var sum in (ReadOnlySpan<double>)[MeanX, MeanY, SquaresX, SquaresY, Products])
            writer.Write(sum);
    }

    public static PairMoments Load(BinaryReader reader) => new()
    {
        Count = StateFormat.Count(reader),
        NullsTogether = StateFormat.Count(reader),
        NullsLeft = StateFormat.Count(reader),
        NullsRight = StateFormat.Count(reader),
        MeanX = reader.ReadDouble(),
        MeanY = reader.ReadDouble(),
        SquaresX = reader.ReadDouble(),
        SquaresY = reader.ReadDouble(),
        Products = reader.ReadDouble(),
    };
}
