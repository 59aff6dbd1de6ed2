using System.Globalization;

namespace DataEngineX.Pipelines;

/// <summary>What of a partitioned target is done, and what would run.</summary>
/// <param name="Done">The partitions that need not run.</param>
/// <param name="Planned">The others up to now, by reason; none is there twice.</param>
internal sealed record PartitionState(IntervalSet Done, IReadOnlyList<PlannedPartitions> Planned)
{
    private const int MostNamed = 8;

    /// <summary>All partitions that would run.</summary>
    public IntervalSet Pending => Planned.Aggregate(IntervalSet.Empty, (all, p) => all.Union(p.Partitions));

    /// <summary>The partitions of some reason.</summary>
    public static PlannedPartitions Because(string reason, IntervalSet partitions, Partitioning partitioning) => new(partitions, NameOf(partitions, partitioning), reason);

    /// <summary>The name of a set that may be of very many intervals.</summary>
    public static string NameOf(IntervalSet partitions, Partitioning partitioning)
    {
        var named = string.Join(",", partitions.Intervals.Take(MostNamed).Select(partitioning.NameOf));
        return partitions.Intervals.Count <= MostNamed
            ? named
            : string.Create(CultureInfo.InvariantCulture, $"{named} and {partitions.Intervals.Count - MostNamed} more intervals to {partitioning.NameOf(partitions.Intervals[^1].To - 1)}");
    }
}
