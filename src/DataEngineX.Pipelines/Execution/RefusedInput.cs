namespace DataEngineX.Pipelines;

/// <summary>An input that was refused whole.</summary>
/// <param name="Scan">The read that it is a part of; null where no read has reported it.</param>
/// <param name="Error">Which one, and why.</param>
internal sealed record RefusedInput(ScanNode? Scan, SourceRefusedException Error)
{
    /// <summary>Whether a replay reads it again: it does so of what brings new rows, not of what they are looked up in.</summary>
    public bool IsReplayed => Error.IsSetAside && Scan is { IsIncremental: true };
}
