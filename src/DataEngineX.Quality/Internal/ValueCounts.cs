using DataEngineX.Compute;

namespace DataEngineX.Quality;

/// <summary>The different values of a column as lists for verdicts.</summary>
internal static class ValueCounts
{
    /// <summary>The values in ascending order, each with its count.</summary>
    public static List<ValueCount> ToList(KeyCounts counts, StoredColumn column)
    {
        var keys = new List<byte[]?>();
        var found = new List<long>();
        counts.Visit((key, count) =>
        {
            keys.Add(key.ToArray());
            found.Add(count);
        });
        using var values = KeyColumns.Build(column.Type, keys);
        var list = new List<ValueCount>(keys.Count);
        foreach (var id in Sorting.Argsort([new SortKey(values)]))
            list.Add(new ValueCount(ValueKey.Of(values, id, column), CellText.Short(values, id, RuleText.MaxSampleLength * 10).Json, found[id]));
        return list;
    }
}
