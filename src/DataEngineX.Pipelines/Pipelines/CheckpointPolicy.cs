using System.Globalization;

namespace DataEngineX.Pipelines;

/// <summary>How a long run publishes its progress: in steps, each a commit with a cursor and a run key of its own.</summary>
/// <param name="Rows">About how many new rows of the input that is read incrementally are one step, or null for all.</param>
/// <param name="Partitions">How many neighbouring partitions are one step, or null for all.</param>
public sealed record CheckpointPolicy(long? Rows, int? Partitions)
{
    internal static CheckpointPolicy Of(long? rows, int? partitions)
    {
        if (rows is null && partitions is null)
            throw new ArgumentException("Checkpoints come after a number of rows or of partitions.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows ?? 1, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partitions ?? 1, nameof(partitions));
        return new CheckpointPolicy(rows, partitions);
    }

    /// <summary>What the policy says, in words.</summary>
    public override string ToString() => string.Join(" or ", new[]
    {
        Rows is { } rows ? string.Create(CultureInfo.InvariantCulture, $"{rows:N0} new rows") : null,
        Partitions is { } partitions ? string.Create(CultureInfo.InvariantCulture, $"{partitions:N0} partitions") : null,
    }.OfType<string>());
}
