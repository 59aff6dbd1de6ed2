namespace DataEngineX.Plans;

/// <summary>How many rows an operator holds.</summary>
public enum MemoryBehavior
{
    /// <summary>A bounded number of batches.</summary>
    Streaming,

    /// <summary>All of an input, within the memory budget.</summary>
    Buffered,

    /// <summary>All of an input; what does not fit the memory budget goes to disk.</summary>
    Spilling,
}
