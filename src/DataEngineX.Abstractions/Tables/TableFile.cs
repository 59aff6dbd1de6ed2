namespace DataEngineX;

/// <summary>A data file of one version of a table.</summary>
/// <param name="Path">Where it is: relative to the table's folder, or a whole path.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Rows">The rows that it holds for the version; null when the table does not say.</param>
/// <param name="DeletedRows">The rows stored in it that the version does not have any more.</param>
/// <param name="PartitionValues">The values of the columns that the table is partitioned by, as the log writes them; null stands for null.</param>
/// <param name="ModifiedAt">When it was written.</param>
public sealed record TableFile(
    string Path, long Bytes, long? Rows, long DeletedRows, IReadOnlyDictionary<string, string?> PartitionValues, DateTimeOffset ModifiedAt);
