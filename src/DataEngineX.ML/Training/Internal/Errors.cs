namespace DataEngineX.ML.Internal;

/// <summary>Errors over chosen rows of a training set.</summary>
internal static class Errors
{
    public static double[] Labels(TrainingSet set, int[] rows) => System.Array.ConvertAll(rows, r => set.Labels[r]);

    public static IReadOnlyDictionary<string, ErrorSummary> ByGroup(TrainingSet set, int[] rows, double[] predictions)
    {
        var result = new SortedDictionary<string, ErrorSummary>(StringComparer.Ordinal);
        foreach (var group in set.GroupsOf(rows))
        {
            var at = Enumerable.Range(0, rows.Length).Where(i => set.Groups![rows[i]] == group).ToArray();
            result[group] = ErrorSummary.Of(
                System.Array.ConvertAll(at, i => predictions[i]), System.Array.ConvertAll(at, i => set.Labels[rows[i]]));
        }

        return result;
    }
}
