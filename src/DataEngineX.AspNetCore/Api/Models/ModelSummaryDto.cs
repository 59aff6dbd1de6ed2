namespace DataEngineX.AspNetCore;

/// <summary>A model in a list.</summary>
internal sealed record ModelSummaryDto(string Name, int Latest, int? Champion, IReadOnlyDictionary<string, int> Aliases)
{
    public static ModelSummaryDto Of(string name, IReadOnlyList<ModelVersion> versions)
    {
        var aliases = versions.SelectMany(v => v.Aliases.Select(a => (Alias: a, v.Version)))
            .OrderBy(a => a.Alias, StringComparer.Ordinal)
            .ToDictionary(a => a.Alias, a => a.Version, StringComparer.Ordinal);
        return new ModelSummaryDto(name, versions[0].Version, aliases.TryGetValue(ModelAliases.Champion, out var champion) ? champion : null, aliases);
    }
}
