namespace DataEngineX;

/// <summary>The folder below which an embedded host keeps all it has: tables, metadata and models.</summary>
/// <remarks>
/// A service of every host. <c>UseLakehouse(path)</c> asks for a folder under the key <see cref="Requested"/>; the configuration
/// key <see cref="ConfigurationKey"/> goes before it.
/// </remarks>
public sealed class StateFolder
{
    /// <summary>The configuration key that names the folder: <c>DataEngineX:Lakehouse</c>.</summary>
    public const string ConfigurationKey = "DataEngineX:Lakehouse";

    /// <summary>The service key under which the folder that the host's code asks for is registered.</summary>
    public const string Requested = "dataenginex.state-folder.requested";

    /// <summary>The folder when nobody names one: <c>lake</c>, below the current folder.</summary>
    public const string Default = "lake";

    /// <summary>Names the folder; nothing is created.</summary>
    /// <param name="path">The folder; relative paths are taken from the current folder.</param>
    public StateFolder(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
