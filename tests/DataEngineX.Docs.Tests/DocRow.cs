using System.Text.RegularExpressions;

namespace DataEngineX.Docs.Tests;

/// <summary>One row of a table of a page: its cells, code without the quotes around it.</summary>
/// <param name="Line">The 1-based line.</param>
/// <param name="Cells">The cells.</param>
public sealed partial record DocRow(int Line, IReadOnlyList<string> Cells)
{
    public override string ToString() => $"{Line}: {string.Join(" | ", Cells)}";

    /// <summary>The rows of all tables with a header below a heading.</summary>
    public static IEnumerable<DocRow> Of(string page, string header, string? after = null)
    {
        var lines = File.ReadAllLines(Path.Combine(SnippetFinder.Root, page));
        var from = after is null ? 0 : Array.IndexOf(lines, after);
        if (from < 0)
            throw new InvalidOperationException($"{page} has no line '{after}'.");
        for (var i = from; i < lines.Length; i++)
        {
            if (lines[i] != header)
                continue;
            for (i += 2; i < lines.Length && lines[i].StartsWith('|'); i++)
                yield return new DocRow(i + 1, [.. Bar().Split(lines[i].Trim().Trim('|')).Select(c => Plain(c.Trim()))]);
            if (after is not null)
                yield break;
        }
    }

    private static string Plain(string cell) =>
        (cell.StartsWith('`') && cell.EndsWith('`') && cell.Length > 1 ? cell[1..^1] : cell).Replace("\\|", "|", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}
