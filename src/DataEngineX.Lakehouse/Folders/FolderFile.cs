namespace DataEngineX.Lakehouse;

/// <summary>A file of a folder.</summary>
/// <param name="Name">Its path below the folder, with slashes.</param>
/// <param name="Rows">How many rows it has.</param>
internal sealed record FolderFile(string Name, long Rows)
{
    /// <summary>Where it lies until it has its place, below the folder; null once it has.</summary>
    public string? Staged { get; init; }

    /// <summary>The folder of its partition, with a slash at the end; empty where there are none.</summary>
    internal string Partition => Name[..(Name.LastIndexOf('/') + 1)];

    internal string PathIn(string folder) => Path.Combine(folder, Name.Replace('/', Path.DirectorySeparatorChar));
}
