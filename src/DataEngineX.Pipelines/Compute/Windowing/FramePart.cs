namespace DataEngineX.Compute;

/// <summary>The aggregate of some rows, and how many values it is of.</summary>
internal struct FramePart<TState>
    where TState : unmanaged
{
    public TState State;
    public long Count;
}
