namespace DataEngineX;

/// <summary>What a store knows about one object without reading it.</summary>
/// <param name="Key">The object's key.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="LastModified">When its present content was put, in UTC, as precise as the store keeps it.</param>
public sealed record ObjectInfo(string Key, long Size, DateTimeOffset LastModified);
