namespace DataEngineX.ML;

/// <summary>One step of a rolling-origin evaluation: learn from everything before <see cref="Origin"/>, be judged from there on.</summary>
/// <param name="Origin">The first label time judged; every label learned from is earlier.</param>
/// <param name="End">The first label time after those judged.</param>
public sealed record TimeFold(DateTime Origin, DateTime End)
{
    /// <summary>Whether a row whose label becomes known at <paramref name="labelTime"/> may be learned from.</summary>
    /// <param name="labelTime">When the label's value is observed, not when the features are.</param>
    public bool Learns(DateTime labelTime) => labelTime < Origin;

    /// <summary>Whether a row is judged in this fold.</summary>
    /// <param name="labelTime">When the label's value is observed.</param>
    public bool Judges(DateTime labelTime) => labelTime >= Origin && labelTime < End;
}
