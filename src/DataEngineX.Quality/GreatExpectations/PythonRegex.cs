using System.Text.RegularExpressions;

namespace DataEngineX.Quality;

/// <summary>Translates what Python writes differently in regular expressions.</summary>
internal static partial class PythonRegex
{
    public static string Translate(string pattern) => Differing().Replace(pattern, match => match.Value switch
    {
        "(?P<" => "(?<",
        "\\Z" => "\\z",
        _ when match.Value.StartsWith("(?P=", StringComparison.Ordinal) => $"\\k<{match.Groups[1].Value}>",
        _ => match.Value,
    });

    // Every escape is read whole, so that the Z of an escaped backslash is none of these.
    [GeneratedRegex(@"\\.|\(\?P<|\(\?P=(\w+)\)", RegexOptions.Singleline)]
    private static partial Regex Differing();
}
