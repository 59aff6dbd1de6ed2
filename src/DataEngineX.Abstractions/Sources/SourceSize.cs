namespace DataEngineX;

/// <summary>How much a read is expected to yield; a guess by which the engine plans and estimates the time left.</summary>
/// <param name="Rows">Rows, or null when unknown.</param>
/// <param name="Bytes">Bytes read from storage, or null when unknown.</param>
public readonly record struct SourceSize(long? Rows, long? Bytes)
{
    /// <summary>
    /// The text columns that are stored behind dictionaries, as far as was looked. A read may be asked to yield these as <c>dictionary&lt;int32, utf8&gt;</c>.
    /// <value>Default: null, none.</value>
    /// </summary>
    public IReadOnlyCollection<string>? Dictionaries { get; init; }

    /// <summary>Whether the rows are just those that will be read. <value>Default: false, there may be fewer.</value></summary>
    public bool IsExact { get; init; }

    /// <summary>Nothing is known.</summary>
    public static SourceSize Unknown => default;
}
