namespace DataEngineX.Pipelines;

/// <summary>Neighbouring whole numbers.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The one after the last.</param>
public readonly record struct Interval(long From, long To)
{
    /// <summary>How many numbers there are; not positive for none.</summary>
    public long Count => To - From;
}
