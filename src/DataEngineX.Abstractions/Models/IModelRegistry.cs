namespace DataEngineX;

/// <summary>Registered models: immutable versions and movable aliases.</summary>
public interface IModelRegistry
{
    /// <summary>Registers a new version.</summary>
    /// <param name="registration">The version's facts and artifact.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The version, with its number.</returns>
    ValueTask<ModelVersion> RegisterAsync(ModelRegistration registration, CancellationToken cancellationToken = default);

    /// <summary>The names of all models, in order.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<IReadOnlyList<string>> ListModelsAsync(CancellationToken cancellationToken = default);

    /// <summary>The versions of a model, newest first; empty when there is no such model.</summary>
    /// <param name="name">The model.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<IReadOnlyList<ModelVersion>> ListVersionsAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>A version by number or alias, or null.</summary>
    /// <param name="name">The model.</param>
    /// <param name="versionOrAlias">A number such as <c>3</c>, or an alias such as <c>champion</c>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<ModelVersion?> FindVersionAsync(string name, string versionOrAlias, CancellationToken cancellationToken = default);

    /// <summary>Points an alias at a version, if it still points where the caller saw it.</summary>
    /// <param name="name">The model.</param>
    /// <param name="alias">The alias: letters, digits, '_' and '-', not a number.</param>
    /// <param name="version">The version to point at.</param>
    /// <param name="expected">The version it was seen at; null when there was no such alias.</param>
    /// <param name="actor">Who moves it, for the audit trail.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>False when another caller moved it first.</returns>
    ValueTask<bool> TrySetAliasAsync(
        string name, string alias, int version, int? expected, string actor, CancellationToken cancellationToken = default);

    /// <summary>Opens the artifact of a version after checking its digest.</summary>
    /// <param name="name">The model.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="DataEngineXException">There is no such version, or its artifact does not match its digest.</exception>
    ValueTask<Stream> OpenArtifactAsync(string name, int version, CancellationToken cancellationToken = default);
}
