using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>The files of one folder that match a pattern, and positions that say which of them are meant.</summary>
internal sealed class FolderFiles
{
    private const string PositionPrefix = "f1:";
    private const int MarkLength = 12;

    // A file that was written to a moment ago may still be growing.
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(200);
    private readonly string _folder;
    private readonly string _pattern;
    private readonly bool _skipUnsettled;

    internal FolderFiles(string folder, string pattern, bool skipUnsettled)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);
        if (pattern.AsSpan().ContainsAny('/', '\\') || pattern == "..")
            throw new ArgumentException($"'{pattern}' is not a pattern of file names: it may not leave the folder.", nameof(pattern));
        _folder = Path.GetFullPath(folder);
        _pattern = pattern;
        _skipUnsettled = skipUnsettled;
    }

    /// <summary>A path whose last part may hold '*' and '?'.</summary>
    internal static FolderFiles Of(string path, bool skipUnsettled = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = Path.GetFullPath(path);
        return new FolderFiles(Path.GetDirectoryName(full) ?? full, Path.GetFileName(full), skipUnsettled);
    }

    /// <summary>Whether a single file is there, though it may still be being written.</summary>
    internal bool IsThere => File.Exists(Path.Combine(_folder, _pattern));

    internal bool IsPattern => _pattern.AsSpan().ContainsAny('*', '?');

    /// <summary>The files in order of their names; a missing folder is empty. Links are not followed, so names cannot lead out of the folder.</summary>
    internal List<FileInfo> List()
    {
        var files = new List<FileInfo>();
        if (!Directory.Exists(_folder))
            return files;

        // Times of files are the machine's, whatever clock the host runs by.
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles())
        {
            if (!FileSystemName.MatchesSimpleExpression(_pattern, file.Name, ignoreCase: false) || file.LinkTarget is not null)
                continue;
            if (_skipUnsettled && ((IsPattern && IsUnfinished(file.Name)) || now - file.LastWriteTimeUtc < Settled))
                continue;
            files.Add(file);
        }

        files.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return files;
    }

    internal static string PositionOf(IEnumerable<FileInfo> files) => PositionOf(files.Select(MarkOf));

    internal static string PositionOf(IEnumerable<string> marks) => PositionPrefix + string.Concat(marks.Order(StringComparer.Ordinal));

    internal static HashSet<string> MarksOf(string? position)
    {
        var marks = new HashSet<string>(StringComparer.Ordinal);
        if (position is null)
            return marks;
        var text = position.StartsWith(PositionPrefix, StringComparison.Ordinal) ? position.AsSpan(PositionPrefix.Length) : default;
        var length = MarkLength / 3 * 4;
        if (text.Length % length != 0 || (text.IsEmpty && position != PositionPrefix))
            throw new DataEngineXException($"'{position}' is not a position of a folder of files.");
        for (; !text.IsEmpty; text = text[length..])
            marks.Add(text[..length].ToString());
        return marks;
    }

    /// <summary>Sixteen characters that stand for one state of one file: a changed file is another.</summary>
    internal static string MarkOf(FileInfo file)
    {
        var state = Encoding.UTF8.GetBytes($"{file.Name}\0{file.Length}\0{file.LastWriteTimeUtc.Ticks}");
        return Convert.ToBase64String(SHA256.HashData(state), 0, MarkLength);
    }

    private static bool IsUnfinished(string name) => name.StartsWith('.')
        || name.EndsWith(".tmp", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".part", StringComparison.OrdinalIgnoreCase);
}
