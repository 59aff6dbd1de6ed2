namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>What the indexes say of a data page.</summary>
/// <param name="At">Where it starts in its chunk.</param>
/// <param name="Bytes">Its bytes, header included.</param>
/// <param name="FirstRow">The row of the row group it starts with.</param>
/// <param name="NullCount">How many of its values are null.</param>
/// <param name="IsAllNull">Whether all are.</param>
/// <param name="Bounds">Its bounds, when known.</param>
internal readonly record struct WrittenPage(int At, int Bytes, long FirstRow, long NullCount, bool IsAllNull, StoredRange? Bounds);
