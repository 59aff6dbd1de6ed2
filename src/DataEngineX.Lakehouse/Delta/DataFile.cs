namespace DataEngineX.Lakehouse.Delta;

/// <summary>A data file of one version of a table.</summary>
/// <param name="Path">The decoded path, by which the log knows the file.</param>
/// <param name="Add">The action that added it.</param>
internal sealed record DataFile(string Path, AddAction Add)
{
    private FileStats? _stats;

    /// <summary>What is known of its values, read when first asked for.</summary>
    internal FileStats Stats => _stats ??= FileStats.Parse(Add.Stats);
}
