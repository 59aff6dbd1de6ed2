namespace DataEngineX.Hosting;

/// <summary>A run was not taken, for a reason that passes: the host is stopping, or too many runs wait.</summary>
/// <param name="message">Why, in one sentence.</param>
public sealed class RunRefusedException(string message) : DataEngineXException(message)
{
    /// <inheritdoc/>
    public override bool IsTransient => true;
}
