namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>What the footer says of a row group.</summary>
internal sealed record WrittenGroup(long Rows, IReadOnlyList<WrittenChunk> Chunks);
