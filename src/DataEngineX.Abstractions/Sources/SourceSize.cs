namespace DataEngineX;

/// <summary>How much a read is expected to yield; a guess by which the engine plans and estimates the time left.</summary>
/// <param name="Rows">Rows, or null when unknown.</param>
/// <param name="Bytes">Bytes read from storage, or null when unknown.</param>
public readonly record struct SourceSize(long? Rows, long? Bytes)
{
    /// <summary>Nothing is known.</summary>
    public static SourceSize Unknown => default;
}
