namespace DataEngineX;

/// <summary>Loaded models by name; follows aliases and swaps atomically.</summary>
public interface IScorerProvider
{
    /// <summary>Borrows the scorer of a version or alias, loading it when needed.</summary>
    /// <param name="name">The model.</param>
    /// <param name="versionOrAlias">A number or alias. <value>Default: <c>champion</c>.</value></param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>A handle that keeps the scorer loaded until disposed, or null when there is no such model or version.</returns>
    ValueTask<ScorerHandle?> FindAsync(string name, string versionOrAlias = ModelAliases.Champion, CancellationToken cancellationToken = default);
}
