namespace DataEngineX.Architecture.Tests.Checks;

/// <summary>Which packages of ours a package may reference, itself or through another.</summary>
public static class ReferenceRule
{
    private const string Prefix = "DataEngineX.";

    /// <summary>The one-way list: what each package names itself. Adapters see Abstractions only.</summary>
    private static readonly Dictionary<string, string[]> Direct = new()
    {
        ["DataEngineX.Abstractions"] = [],
        ["DataEngineX.Pipelines"] = ["DataEngineX.Abstractions"],
        ["DataEngineX.Lakehouse"] = ["DataEngineX.Pipelines"],
        ["DataEngineX.Quality"] = ["DataEngineX.Pipelines"],
        ["DataEngineX.ML"] = ["DataEngineX.Quality"],
        ["DataEngineX.Hosting"] = ["DataEngineX.Lakehouse", "DataEngineX.Quality"],
        ["DataEngineX.AspNetCore"] = ["DataEngineX.Hosting"],
        ["DataEngineX.Sources"] = ["DataEngineX.Lakehouse"],
        ["DataEngineX.Testing"] = ["DataEngineX.Lakehouse", "DataEngineX.Quality"],
    };

    /// <summary>Everything a package may reference.</summary>
    public static IReadOnlySet<string> Allowed(string package)
    {
        var seen = new HashSet<string>();
        var next = new Stack<string>(Direct.GetValueOrDefault(package, ["DataEngineX.Abstractions"]));
        while (next.TryPop(out var name))
        {
            if (seen.Add(name))
            {
                foreach (var further in Direct.GetValueOrDefault(name, []))
                {
                    next.Push(further);
                }
            }
        }

        return seen;
    }

    /// <summary>The references that the list does not allow, one sentence each.</summary>
    public static IReadOnlyList<string> Offenders(string package, IEnumerable<string> references)
    {
        var allowed = Allowed(package);
        return
        [
            .. references.Where(r => r.StartsWith(Prefix, StringComparison.Ordinal) && !allowed.Contains(r))
                .Select(r => $"{package} references {r}; allowed are: {string.Join(", ", allowed.Order(StringComparer.Ordinal))}."),
        ];
    }
}
