namespace DataEngineX;

/// <summary>Which runs to list.</summary>
public sealed record RunQuery
{
    /// <summary>Only this pipeline. <value>Default: null, all.</value></summary>
    public string? Pipeline { get; init; }

    /// <summary>Only this state. <value>Default: null, all.</value></summary>
    public RunState? State { get; init; }

    /// <summary>Only runs whose id sorts before this one: the last id of the page before. <value>Default: null, from the newest.</value></summary>
    public string? Before { get; init; }

    /// <summary>At most so many. <value>Default: 100.</value></summary>
    public int Limit { get; init; } = 100;
}
