namespace DataEngineX.ML;

/// <summary>A registry that keeps every move of its aliases.</summary>
public interface IAliasHistory
{
    /// <summary>The moves of all aliases of a model, oldest first within each alias.</summary>
    /// <param name="name">The model.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<IReadOnlyList<AliasChange>> ListAliasChangesAsync(string name, CancellationToken cancellationToken = default);
}
