using System.Text.Json.Nodes;

namespace DataEngineX.AspNetCore;

/// <summary>Where a dataset comes from, and what is known of its quality as facets of OpenLineage.</summary>
internal sealed record LineageDto(
    string Dataset, string? Pipeline, IReadOnlyList<string> Inputs, IReadOnlyList<ColumnLineageDto> Columns, IReadOnlyList<OriginDto> Indirect, JsonObject Facets)
{
    public static LineageDto Of(DatasetLineage lineage, JsonObject facets) => new(
        lineage.Dataset.ToString(),
        lineage.Pipeline,
        [.. lineage.Inputs.Select(i => i.ToString())],
        [.. lineage.Columns.Select(c => new ColumnLineageDto(c.Name, [.. c.From.Select(OriginDto.Of)]))],
        [.. lineage.Indirect.Select(OriginDto.Of)],
        facets);
}
