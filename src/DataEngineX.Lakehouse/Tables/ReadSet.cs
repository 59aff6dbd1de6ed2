using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>What a change was computed from. Commits that touch none of it may come between.</summary>
internal sealed class ReadSet
{
    private readonly HashSet<string>? _files;
    private readonly Func<DataFile, bool> _mayConcern;

    private ReadSet(long version, HashSet<string>? files, Func<DataFile, bool> mayConcern)
    {
        Version = version;
        _files = files;
        _mayConcern = mayConcern;
    }

    /// <summary>The version that was read, -1 where there was none.</summary>
    internal long Version { get; }

    /// <summary>All of a version.</summary>
    internal static ReadSet All(LogState? state) => new(state?.Version ?? -1, null, static _ => true);

    /// <summary>Some files of a version.</summary>
    /// <param name="state">The version.</param>
    /// <param name="files">The files whose rows were looked at.</param>
    /// <param name="mayConcern">Whether a file that comes later may hold rows that would have been looked at too.</param>
    internal static ReadSet Of(LogState? state, IEnumerable<DataFile> files, Func<DataFile, bool> mayConcern) =>
        new(state?.Version ?? -1, files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal), mayConcern);

    /// <summary>Whether a file with rows of this version was looked at.</summary>
    internal bool Has(string path) => _files?.Contains(path) ?? true;

    /// <summary>Whether a file that was added later would have been looked at.</summary>
    internal bool Concerns(DataFile added) => _mayConcern(added);
}
