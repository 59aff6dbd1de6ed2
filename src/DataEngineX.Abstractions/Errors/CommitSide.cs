namespace DataEngineX;

/// <summary>One of the two commits of a conflict.</summary>
/// <param name="Operation">What it did or was about to do, such as <c>append</c>.</param>
/// <param name="Version">The version it made; of the commit that lost, the one it was computed against. Null where there was none.</param>
/// <param name="RunId">The run, when a pipeline made it.</param>
public sealed record CommitSide(string Operation, long? Version, string? RunId)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Operation} of run {RunId ?? "unknown"}";
}
