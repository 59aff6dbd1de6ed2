using System.Globalization;
using System.Xml.Linq;

namespace DataEngineX.BuildTool;

/// <summary>Joins the Cobertura files of all suites: a line is covered when any suite reached it.</summary>
public static class Coverage
{
    /// <summary>One figure for each package asked for, measured or not.</summary>
    public static IReadOnlyList<PackageCoverage> Read(string results, IReadOnlyCollection<string> packages)
    {
        var lines = packages.ToDictionary(p => p, _ => new Dictionary<(string File, int Line), bool>());
        foreach (var file in Directory.EnumerateFiles(results, "coverage.cobertura.xml", SearchOption.AllDirectories))
        {
            foreach (var package in XDocument.Load(file).Descendants("package"))
            {
                if (!lines.TryGetValue((string?)package.Attribute("name") ?? "", out var seen))
                {
                    continue;
                }

                foreach (var type in package.Descendants("class"))
                {
                    var source = (string?)type.Attribute("filename") ?? "";
                    foreach (var line in type.Elements("lines").Elements("line"))
                    {
                        var key = (Shorten(source, (string)package.Attribute("name")!), (int)line.Attribute("number")!);
                        var hit = (long)line.Attribute("hits")! > 0;
                        seen[key] = hit || seen.GetValueOrDefault(key);
                    }
                }
            }
        }

        return [.. lines.Select(p => new PackageCoverage(p.Key, p.Value.Count(l => l.Value), p.Value.Count))];
    }

    /// <summary>Prints a line for each package; true when none is under the floor.</summary>
    public static bool Print(IReadOnlyList<PackageCoverage> packages, int floor, TextWriter output)
    {
        foreach (var p in packages)
        {
            var note = p.Percent < floor ? string.Create(CultureInfo.InvariantCulture, $"  UNDER {floor} %") : "";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{p.Package,-36} {p.Percent,6:F1} % of {p.Lines} lines{note}"));
        }

        return packages.Count > 0 && packages.All(p => p.Percent >= floor);
    }

    // Suites name the same file from different roots: what follows the package's folder is the same.
    private static string Shorten(string source, string package)
    {
        var path = source.Replace('\\', '/');
        var at = path.LastIndexOf($"{package}/", StringComparison.Ordinal);
        return at < 0 ? path : path[(at + package.Length + 1)..];
    }
}
