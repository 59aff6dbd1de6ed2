using System.Text.RegularExpressions;

namespace DataEngineX.Architecture.Tests.Checks;

/// <summary>How large a source file may be, and how many public types it may hold.</summary>
public static partial class SourceRule
{
    public const int MaxLines = 400;

    /// <summary>A sentence when the file is too long.</summary>
    public static IEnumerable<string> TooLong(string file, IReadOnlyCollection<string> lines)
    {
        if (lines.Count > MaxLines)
        {
            yield return $"{file} has {lines.Count} lines; {MaxLines} is the most. Split it by concept.";
        }
    }

    /// <summary>A sentence when the file holds more than one public type.</summary>
    public static IEnumerable<string> ManyTypes(string file, IEnumerable<string> lines)
    {
        // Namespaces are file-scoped, so a type that is not nested begins its line.
        var types = lines.Select(l => PublicType().Match(l)).Where(m => m.Success).Select(m => m.Groups["name"].Value).Distinct().ToList();
        if (types.Count > 1)
        {
            yield return $"{file} holds {types.Count} public types ({string.Join(", ", types)}); each has a file of its own.";
        }
    }

    [GeneratedRegex(@"^public\s+(?:(?:static|sealed|abstract|partial|readonly|ref|unsafe|file|new)\s+)*(?:(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+|delegate\s+.*?\s+)(?<name>\w+(?:<[^>(]*>)?)(?=\s|\(|:|;|\{|<|$)")]
    private static partial Regex PublicType();
}
