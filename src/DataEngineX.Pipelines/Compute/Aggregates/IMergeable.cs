namespace DataEngineX.Compute;

/// <summary>The state of a group; a zeroed one is that of no rows.</summary>
internal interface IMergeable<TSelf>
    where TSelf : unmanaged
{
    /// <summary>Adds the state of other rows.</summary>
    void Merge(in TSelf other);
}
