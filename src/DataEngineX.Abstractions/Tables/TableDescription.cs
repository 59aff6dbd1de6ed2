using Apache.Arrow;

namespace DataEngineX;

/// <summary>What one version of a table looks like, without a look at its rows.</summary>
public sealed record TableDescription
{
    /// <summary>The table.</summary>
    public required DatasetId Id { get; init; }

    /// <summary>The version, counted from 0.</summary>
    public required long Version { get; init; }

    /// <summary>The columns.</summary>
    public required Schema Schema { get; init; }

    /// <summary>The columns whose values tell the data files apart; none where the table is not partitioned.</summary>
    public IReadOnlyList<string> PartitionColumns { get; init; } = [];
}
