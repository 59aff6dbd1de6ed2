namespace DataEngineX.Quality;

/// <summary>How alike two texts are.</summary>
internal static class Likeness
{
    private const int MostCharacters = 200;

    /// <summary>1 less the edits that make one of the other (Levenshtein) over the longer one's length; case does not count.</summary>
    public static double Of(string left, string right)
    {
        var (a, b) = (left.ToUpperInvariant(), right.ToUpperInvariant());
        if (a.Length > MostCharacters || b.Length > MostCharacters)
            return 0;
        var longest = Math.Max(a.Length, b.Length);
        if (longest == 0)
            return 1;
        var costs = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            costs[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = costs[0];
            costs[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.Min(replaced, Math.Min(costs[j], costs[j - 1]) + 1);
            }
        }

        return 1 - ((double)costs[b.Length] / longest);
    }
}
