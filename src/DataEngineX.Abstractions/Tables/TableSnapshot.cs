using Apache.Arrow;

namespace DataEngineX;

/// <summary>One version of a table, without its rows.</summary>
public sealed record TableSnapshot
{
    /// <summary>The table.</summary>
    public required DatasetId Id { get; init; }

    /// <summary>The version, counted from 0.</summary>
    public required long Version { get; init; }

    /// <summary>The columns.</summary>
    public required Schema Schema { get; init; }

    /// <summary>The columns whose values tell the data files apart; none where the table is not partitioned.</summary>
    public IReadOnlyList<string> PartitionColumns { get; init; } = [];

    /// <summary>The number of rows; null where it is not known without a look into the data files, see <see cref="ITable.CountRowsAsync"/>.</summary>
    public required long? RowCount { get; init; }

    /// <summary>The number of data files.</summary>
    public required int FileCount { get; init; }

    /// <summary>The size of the data files in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>For each pipeline that writes the table, the record of its last commit up to this version (verdicts and lineage may be left out).</summary>
    public required IReadOnlyDictionary<string, CommitRecord> Records { get; init; }
}
