namespace DataEngineX;

/// <summary>The failpoints of production: none.</summary>
public sealed class NoFailpoints : IFailpoints
{
    private NoFailpoints()
    {
    }

    /// <summary>The one instance.</summary>
    public static NoFailpoints Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask HitAsync(string name, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
