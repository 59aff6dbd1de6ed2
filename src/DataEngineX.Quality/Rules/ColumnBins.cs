namespace DataEngineX.Quality;

/// <summary>How the values of a column are put together to categories, where there are too many of them to be categories themselves.</summary>
public sealed class ColumnBins
{
    private const int Most = 1000;

    private ColumnBins(int count, IReadOnlyList<double>? edges, IReadOnlyList<IReadOnlyList<object>>? groups) => (Count, Edges, Groups) = (count, edges, groups);

    /// <summary>How many bins are made; 0 where edges or groups say them.</summary>
    public int Count { get; }

    /// <summary>The edges of intervals, or null.</summary>
    public IReadOnlyList<double>? Edges { get; }

    /// <summary>The groups of values, or null.</summary>
    public IReadOnlyList<IReadOnlyList<object>>? Groups { get; }

    /// <summary>
    /// So many bins: of numbers intervals of one width between the lowest and the highest, of other values the most common ones and all others as one
    /// more.
    /// </summary>
    /// <param name="count">How many, 1 to 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these numbers.</exception>
    public static ColumnBins Of(int count) => count is >= 1 and <= Most
        ? new ColumnBins(count, null, null)
        : throw new ArgumentOutOfRangeException(nameof(count), count, $"There are 1 to {Most} bins.");

    /// <summary>Intervals of numbers. Each holds its lower edge, the last both; what lies outside is an interval of its own at either end.</summary>
    /// <param name="edges">The edges, 2 to 1000, in any order.</param>
    /// <exception cref="ArgumentException">There are not so many, or one is NaN or infinite.</exception>
    public static ColumnBins Between(params IReadOnlyList<double> edges)
    {
        ArgumentNullException.ThrowIfNull(edges);
        return edges.Distinct().Count() is >= 2 and <= Most && edges.All(double.IsFinite)
            ? new ColumnBins(0, edges, null)
            : throw new ArgumentException($"Bins have 2 to {Most} different edges, all of them finite.", nameof(edges));
    }

    /// <summary>Groups of values; a value in none is a category of its own.</summary>
    /// <param name="groups">The groups.</param>
    /// <exception cref="ArgumentException">There is no group.</exception>
    public static ColumnBins OfGroups(params IReadOnlyList<IReadOnlyList<object>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return groups.Count is >= 1 and <= Most ? new ColumnBins(0, null, groups) : throw new ArgumentException($"There are 1 to {Most} groups.", nameof(groups));
    }

    /// <summary>Whether values of a column lie in intervals.</summary>
    internal static bool AreIntervals(StoredColumn column) => column.IsNumber && column.Type is not Apache.Arrow.Types.BooleanType;

    internal RuleParameter Parameter(string name) => RuleParameter.Of(name, Groups ?? (object?)Edges ?? Count);
}
