namespace DataEngineX.Architecture.Tests.Checks;

/// <summary>Where the sources and the built assemblies are.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Source { get; } = Path.Combine(Root, "src");

    public static IReadOnlyList<string> Packages { get; } =
        [.. Directory.GetDirectories(Source).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    /// <summary>The project file of a package.</summary>
    public static string Project(string package) => Path.Combine(Source, package, package + ".csproj");

    /// <summary>The built assembly of a package, which a reference of this project copies beside it.</summary>
    public static string Assembly(string package) => Path.Combine(AppContext.BaseDirectory, package + ".dll");

    /// <summary>What restore resolved for a package, transitive packages included.</summary>
    public static string Assets(string package) => Path.Combine(Root, "artifacts", "obj", package, "project.assets.json");

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "DataEngineX.slnx")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("These tests run from a folder below the one that holds DataEngineX.slnx.");
    }
}
