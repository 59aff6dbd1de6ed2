namespace DataEngineX.Compute;

/// <summary>Count, mean and sum of squared distances from it: Welford's form, which keeps its digits where sums of squares lose them.</summary>
internal struct Moments : IMergeable<Moments>
{
    public long Count;
    public double Mean;
    public double Squares;

    public readonly double Variance => Squares / (Count - 1);

    public static Moments Of(double value) => new() { Count = 1, Mean = value };

    public static Moments Merge(Moments left, Moments right)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return left.Count == 0 ? right : left;
        }

        long count = left.Count + right.Count;
        double distance = right.Mean - left.Mean;
        return new Moments
        {
            Count = count,
            Mean = left.Mean + (distance * right.Count / count),
            Squares = left.Squares + right.Squares + (distance * distance * left.Count / count * right.Count),
        };
    }

    public void Add(double value)
    {
        Count++;
        double distance = value - Mean;
        Mean += distance / Count;
        Squares += distance * (value - Mean);
    }

    public void Merge(in Moments other) => this = Merge(this, other);
}
