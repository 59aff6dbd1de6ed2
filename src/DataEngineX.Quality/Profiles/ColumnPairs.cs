namespace DataEngineX.Quality;

/// <summary>Measures of pairs, from their state.</summary>
internal static class ColumnPairs
{
    private const int MostCategories = 50;

    public static IReadOnlyList<ColumnPair> Of(PairState state, ColumnShape[] shapes)
    {
        var sample = state.Sample;
        var pairs = new List<ColumnPair>();
        var index = 0;
        for (var a = 0; a < shapes.Length; a++)
        {
            for (var b = a + 1; b < shapes.Length; b++)
                pairs.Add(Of(state, shapes, sample, a, b, state.Pairs[index++]));
        }

        return pairs;
    }

    private static ColumnPair Of(PairState state, ColumnShape[] shapes, IReadOnlyList<ulong[]> sample, int a, int b, PairMoments moments)
    {
        var areNumbers = PairState.IsNumber(shapes[a]) && PairState.IsNumber(shapes[b]);
        var areCategories = PairState.IsCategory(shapes[a]) && PairState.IsCategory(shapes[b]);
        return new ColumnPair
        {
            Left = shapes[a].Name,
            Right = shapes[b].Name,
            Pearson = areNumbers ? moments.Pearson : null,
            Spearman = areNumbers ? Spearman(sample, a, b) : null,
            CramersV = areCategories ? CramersV(sample, a, b) : null,
            NullsTogether = moments.NullsTogether,
            NullCorrelation = Phi(moments, state.Rows),
            SampleRows = sample.Count,
        };
    }

    private static double? Phi(PairMoments m, long rows)
    {
        double both = m.NullsTogether, left = both + m.NullsLeft, right = both + m.NullsRight, n = rows;
        var spread = left * (n - left) * right * (n - right);
        return spread > 0 ? ((n * both) - (left * right)) / Math.Sqrt(spread) : null;
    }

    private static double? Spearman(IReadOnlyList<ulong[]> sample, int a, int b)
    {
        var rows = sample.Where(r => r[a] != HashMix.Null && r[b] != HashMix.Null).ToArray();
        return PairMoments.Of(
            Ranks.Of([.. rows.Select(r => BitConverter.UInt64BitsToDouble(r[a]))]),
            Ranks.Of([.. rows.Select(r => BitConverter.UInt64BitsToDouble(r[b]))])).Pearson;
    }

    private static double? CramersV(IReadOnlyList<ulong[]> sample, int a, int b)
    {
        var rows = sample.Where(r => r[a] != HashMix.Null && r[b] != HashMix.Null).ToArray();
        var left = rows.CountBy(r => r[a]).ToDictionary();
        var right = rows.CountBy(r => r[b]).ToDictionary();
        if (left.Count is < 2 or > MostCategories || right.Count is < 2 or > MostCategories)
            return null;
        var cells = rows.CountBy(r => (r[a], r[b])).ToDictionary();
        double n = rows.Length, chi = 0;
        foreach (var (l, inLeft) in left)
        {
            foreach (var (r, inRight) in right)
            {
                var expected = inLeft * (inRight / n);
                var off = cells.GetValueOrDefault((l, r)) - expected;
                chi += off * off / expected;
            }
        }

        return Math.Sqrt(chi / n / (Math.Min(left.Count, right.Count) - 1));
    }
}
