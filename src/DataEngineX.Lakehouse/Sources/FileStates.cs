using System.Security.Cryptography;
using System.Text;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Which files of a folder an incremental read has done, and in which state each was: a file that has changed is told from one that is new.</summary>
internal sealed class FileStates
{
    private const string Prefix = "f2:";
    private const int MarkLength = 8;

    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);

    // A pipeline that read in full before it read incrementally has done files of which only the whole mark is known.
    private readonly HashSet<string> _whole;

    private FileStates(HashSet<string> whole) => _whole = whole;

    internal static FileStates Of(string? position)
    {
        if (position?.StartsWith(Prefix, StringComparison.Ordinal) != true)
            return new FileStates(FolderFiles.MarksOf(position));
        var marks = position.AsSpan(Prefix.Length);
        if (marks.Length % (2 * MarkLength) != 0)
            throw new DataEngineXException($"'{position}' is not a position of files.");
        var states = new FileStates([]);
        for (; !marks.IsEmpty; marks = marks[(2 * MarkLength)..])
            states._states[marks[..MarkLength].ToString()] = marks[MarkLength..(2 * MarkLength)].ToString();
        return states;
    }

    internal static string PositionOf(IEnumerable<FileInfo> files) => PositionOf(files.Select(f => KeyValuePair.Create(NameOf(f.Name), StateOf(f))));

    private static string PositionOf(IEnumerable<KeyValuePair<string, string>> states) =>
        Prefix + string.Concat(states.Select(s => s.Key + s.Value).Order(StringComparer.Ordinal));

    /// <summary>The position with some files as they were done before, or not at all.</summary>
    internal static string LeaveOut(InputVersion input, IEnumerable<string> names)
    {
        var (states, done) = (Of(input.Position)._states, Of(input.Since)._states);
        foreach (var name in names.Select(NameOf))
        {
            states.Remove(name);
            if (done.TryGetValue(name, out var before))
                states[name] = before;
        }

        return PositionOf(states);
    }

    /// <summary>Whether a file was there as it is now.</summary>
    internal bool Has(FileInfo file) =>
        (_states.TryGetValue(NameOf(file.Name), out var state) && string.Equals(state, StateOf(file), StringComparison.Ordinal)) || _whole.Contains(FolderFiles.MarkOf(file));

    /// <summary>Whether a file of this name was there, in whatever state.</summary>
    internal bool Knows(FileInfo file) => _states.ContainsKey(NameOf(file.Name));

    /// <summary>Whether files are missing that are among these and not among those done before.</summary>
    /// <param name="done">Those done before.</param>
    /// <param name="found">How many of these were found.</param>
    /// <param name="fresh">How many of the found ones were not done before.</param>
    internal bool MissingAfter(FileStates done, int found, int fresh) => done._whole.Count > 0
        ? found < _states.Count
        : fresh < _states.Count(s => !done._states.TryGetValue(s.Key, out var state) || !string.Equals(state, s.Value, StringComparison.Ordinal));

    private static string NameOf(string file) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(file)), 0, MarkLength / 4 * 3);

    private static string StateOf(FileInfo file) => FolderFiles.MarkOf(file)[..MarkLength];
}
