namespace DataEngineX.Architecture.Tests.Checks;

/// <summary>Whose types a package may show in public signatures.</summary>
public static class ThirdPartyRule
{
    /// <summary>What a package may show beside the base class library, our own types and Apache Arrow.</summary>
    private static readonly Dictionary<string, string[]> Extra = new()
    {
        ["DataEngineX.ML"] = ["Microsoft.ML"],
        ["DataEngineX.AspNetCore"] = ["Microsoft.AspNetCore"],
    };

    private static readonly string[] BaseLibrary = ["System", "netstandard", "mscorlib", "Microsoft.Win32", "Microsoft.CSharp"];

    /// <summary>The signatures that show a type the package may not, one sentence each.</summary>
    public static IReadOnlyList<string> Offenders(string package, IEnumerable<(string Member, string Assembly, string Type)> signatures)
    {
        string[] allowed = [.. BaseLibrary, "DataEngineX", "Apache.Arrow", .. Extra.GetValueOrDefault(package, [])];
        return
        [
            .. signatures.Where(s => !Array.Exists(allowed, a => IsOrBelow(s.Assembly, a)) && !IsAllowedExtension(package, s.Assembly))
                .Select(s => $"{s.Member} shows {s.Type} of {s.Assembly}, which {package} may not.")
                .Distinct(),
        ];
    }

    // Abstractions promises one of them and no more; the others may show what the platform's own hosts are made of.
    private static bool IsAllowedExtension(string package, string assembly) => package == "DataEngineX.Abstractions"
        ? assembly == "Microsoft.Extensions.DependencyInjection.Abstractions"
        : IsOrBelow(assembly, "Microsoft.Extensions");

    private static bool IsOrBelow(string assembly, string name) =>
        assembly == name || assembly.StartsWith(name + ".", StringComparison.Ordinal);
}
