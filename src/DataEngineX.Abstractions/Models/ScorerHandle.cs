namespace DataEngineX;

/// <summary>A scorer in use; dispose it when done, so that a replaced version can be unloaded.</summary>
public abstract class ScorerHandle : IDisposable
{
    /// <summary>The scorer.</summary>
    public abstract IScorer Scorer { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the scorer back.</summary>
    /// <param name="disposing">True when called from <see cref="Dispose()"/>.</param>
    protected abstract void Dispose(bool disposing);
}
