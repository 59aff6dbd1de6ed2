using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Tells which files of a table belong to one partition.</summary>
internal sealed class FilePartitions(TableSchema columns)
{
    private readonly List<DeltaField> _by = [.. columns.Fields.Where(columns.IsPartition)];

    /// <summary>A name that files of one partition have in common; empty where the table has no partitions.</summary>
    internal string NameOf(DataFile file) => _by.Count == 0
        ? ""
        : string.Join('/', _by.Select(f => HivePaths.Segment(f.Name, PartitionValues.Normal(columns, f, file))));
}
