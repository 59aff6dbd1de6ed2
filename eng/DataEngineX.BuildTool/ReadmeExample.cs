namespace DataEngineX.BuildTool;

/// <summary>The example of a readme: the csharp block after a line that is <c>&lt;!-- example --&gt;</c>.</summary>
/// <param name="Code">The program.</param>
/// <param name="Output">What it must print, when a text block follows it; or null.</param>
public sealed record ReadmeExample(string Code, string? Output)
{
    private const string Marker = "<!-- example -->";

    /// <summary>Finds the one marked example.</summary>
    /// <exception cref="FormatException">There is none, more than one, or its block is not closed.</exception>
    public static ReadmeExample Extract(string readme)
    {
        var lines = readme.ReplaceLineEndings("\n").Split('\n');
        var marks = Enumerable.Range(0, lines.Length).Where(i => lines[i].Trim() == Marker).ToList();
        if (marks.Count != 1)
        {
            throw new FormatException($"The readme has {marks.Count} lines '{Marker}'; one must stand before its example.");
        }

        var at = NextText(lines, marks[0] + 1);
        var code = Block(lines, ref at, "```csharp")
            ?? throw new FormatException($"After '{Marker}' no closed ```csharp block follows.");
        at = NextText(lines, at);
        return new ReadmeExample(code, Block(lines, ref at, "```text"));
    }

    /// <summary>Writes Program.cs and, when the readme shows it, expected.txt.</summary>
    public void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Code);
        if (Output is not null)
        {
            File.WriteAllText(Path.Combine(folder, "expected.txt"), Output);
        }
    }

    private static int NextText(string[] lines, int from)
    {
        while (from < lines.Length && lines[from].Trim().Length == 0)
        {
            from++;
        }

        return from;
    }

    private static string? Block(string[] lines, ref int at, string fence)
    {
        if (at >= lines.Length || lines[at].Trim() != fence)
        {
            return null;
        }

        var end = Array.IndexOf(lines, "```", at + 1);
        if (end < 0)
        {
            return null;
        }

        var text = string.Concat(lines[(at + 1)..end].Select(l => l + "\n"));
        at = end + 1;
        return text;
    }
}
