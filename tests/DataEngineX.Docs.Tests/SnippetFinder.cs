using System.Text;

namespace DataEngineX.Docs.Tests;

/// <summary>Finds the csharp blocks of all pages of the repository.</summary>
internal static class SnippetFinder
{
    public static string Root { get; } = FindRoot();

    public static IEnumerable<Snippet> All() => Pages().SelectMany(p => Of(Path.GetRelativePath(Root, p).Replace('\\', '/'), File.ReadAllText(p)));

    public static IEnumerable<Snippet> Of(string page, string markdown)
    {
        var lines = markdown.Split('\n');
        StringBuilder? code = null;
        var start = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (code is null && line.TrimStart() == "```csharp")
            {
                code = new StringBuilder();
                start = i + 2;
            }
            else if (code is not null && line.TrimStart() == "```")
            {
                yield return new Snippet(page, start, code.ToString());
                code = null;
            }
            else
            {
                code?.Append(line).Append('\n');
            }
        }

        if (code is not null)
            throw new FormatException($"{page}:{start}: the block is not closed.");
    }

    private static IEnumerable<string> Pages() => new[] { "docs", "src", "samples", "benchmarks" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories))
        .Concat(Directory.EnumerateFiles(Root, "*.md"))
        .Where(p => !p.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DataEngineX.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The repository was not found above the test's folder.");
    }
}
