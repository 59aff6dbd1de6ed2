namespace DataEngineX.Quality;

/// <summary>Distances of distributions that are given as weighted values: samples, or what sketches kept.</summary>
internal static class Distances
{
    /// <summary>The area between the distribution functions.</summary>
    public static double Wasserstein(WeightedValues left, WeightedValues right)
    {
        var a = left.Values;
        var b = right.Values;
        double area = 0, before = double.NaN;
        long seenA = 0, seenB = 0;
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            var value = j == b.Length || (i < a.Length && a[i] <= b[j]) ? a[i] : b[j];
            if (!double.IsNaN(before))
                area += (value - before) * Math.Abs(((double)seenA / left.Count) - ((double)seenB / right.Count));
            for (; i < a.Length && a[i] == value; i++)
                seenA += left.Weight(i);
            for (; j < b.Length && b[j] == value; j++)
                seenB += right.Weight(j);
            before = value;
        }

        return area;
    }

    /// <summary>The greatest distance of the distribution functions.</summary>
    public static double Kolmogorov(WeightedValues left, WeightedValues right)
    {
        var greatest = 0.0;
        foreach (var values in new[] { left, right })
        {
            foreach (var value in values.Values)
                greatest = Math.Max(greatest, Math.Abs(left.ShareAtMost(value) - right.ShareAtMost(value)));
        }

        return greatest;
    }
}
