namespace DataEngineX.Quality;

/// <summary>Which rows of a batch violate which rule: for each rule of the suite its rows in order, or null.</summary>
internal sealed class BatchViolations(int[]?[] byRule)
{
    public int Rules => byRule.Length;

    /// <summary>The rows that violate a rule, in order; empty when none does.</summary>
    public ReadOnlySpan<int> Of(int rule) => byRule[rule];

    /// <summary>Adds violations of the same batch that were found later.</summary>
    public BatchViolations With(BatchViolations later)
    {
        var merged = new int[]?[byRule.Length];
        for (var i = 0; i < merged.Length; i++)
            merged[i] = later.ByRule[i] ?? byRule[i];
        return new BatchViolations(merged);
    }

    /// <summary>Splits row numbers into those that violate no rule and those that violate at least one.</summary>
    public (int[] Good, int[] Bad) Split(int rows)
    {
        var isBad = new bool[rows];
        foreach (var violations in byRule)
        {
            foreach (var row in violations ?? [])
                isBad[row] = true;
        }

        var count = isBad.AsSpan().Count(true);
        var (good, bad) = (new int[rows - count], new int[count]);
        var (nextGood, nextBad) = (0, 0);
        for (var i = 0; i < rows; i++)
        {
            if (isBad[i])
                bad[nextBad++] = i;
            else
                good[nextGood++] = i;
        }

        return (good, bad);
    }

    private int[]?[] ByRule => byRule;
}
