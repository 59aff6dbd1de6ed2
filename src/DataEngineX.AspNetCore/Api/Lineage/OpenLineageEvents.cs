using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataEngineX.Quality;
using DataEngineX.Quality.Reports;

namespace DataEngineX.AspNetCore;

/// <summary>
/// A run as events of OpenLineage: its start and its end, or that it is running, and where its gates judged anything those of a check that reads what was judged.
/// </summary>
/// <remarks>The specification holds verdicts against datasets that a job reads, and a run writes its target; the check is a job of its own below the run.</remarks>
internal static class OpenLineageEvents
{
    private const string Schema = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private const string Facets = "https://openlineage.io/spec/facets/";
    private const string JobNamespace = "dataenginex";
    private const string Start = "START";
    private const string CheckId = "/check";
    private const string CheckJob = ".check";

    public static JsonArray Of(RunRecord run, DatasetLineage? lineage, Profile? profile)
    {
        var events = new JsonArray(Started(run), Run(run, lineage, profile));
        if (run.Target is not { } target || run.Verdicts.Count == 0)
            return events;
        events.Add(Event(run, Start, run.Id + CheckId, run.Pipeline + CheckJob, BelowRun(run), [Dataset(target, null)], []));
        events.Add(Check(run, target, profile));
        return events;
    }

    /// <summary>What is known of a dataset's quality, by the names of the facets.</summary>
    public static JsonObject QualityOf(IReadOnlyList<Verdict> verdicts, Profile? profile)
    {
        var facets = new JsonObject();
        if (verdicts.Count > 0)
            facets[OpenLineageFacets.AssertionsName] = JsonNode.Parse(OpenLineageFacets.OfVerdicts(verdicts));
        if (profile is not null)
            facets[OpenLineageFacets.MetricsName] = JsonNode.Parse(OpenLineageFacets.OfProfile(profile, asInput: true));
        return facets;
    }

    private static JsonObject Started(RunRecord run) => Event(
        run, Start, run.Id, run.Pipeline, [], new JsonArray([.. run.Inputs.Select(i => Dataset(i.Dataset, Version(i.Position)))]), run.Target is { } target ? [Dataset(target, null)] : []);

    private static JsonObject Run(RunRecord run, DatasetLineage? lineage, Profile? profile)
    {
        var facets = new JsonObject();
        if (run.Error is { } error)
            facets["errorMessage"] = Facet("1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet", ("message", error), ("programmingLanguage", "C#"));
        var outputs = new JsonArray();
        if (run is { Target: { } target, Version: { } version })
        {
            var output = Dataset(target, Version(version));
            if (lineage is not null)
                output["facets"]!["columnLineage"] = ColumnLineage(lineage);
            if (profile is not null)
                output["facets"]![OpenLineageFacets.MetricsName] = JsonNode.Parse(OpenLineageFacets.OfProfile(profile));
            output["outputFacets"] = new JsonObject
            {
                ["outputStatistics"] = Facet("1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet", ("rowCount", run.Rows.Written)),
            };
            outputs.Add(output);
        }

        var inputs = new JsonArray([.. run.Inputs.Select(i => Dataset(i.Dataset, Version(i.Position)))]);
        return Event(run, StateOf(run.State), run.Id, run.Pipeline, facets, inputs, outputs);
    }

    private static JsonObject Check(RunRecord run, DatasetId target, Profile? profile)
    {
        var input = Dataset(target, run.Version is { } version ? Version(version) : null);
        input["inputFacets"] = QualityOf(run.Verdicts, run.Version is null ? null : profile);
        return Event(run, run.FinishedAt is null ? "RUNNING" : "COMPLETE", run.Id + CheckId, run.Pipeline + CheckJob, BelowRun(run), [input], []);
    }

    private static JsonObject BelowRun(RunRecord run)
    {
        var parent = Facet("1-2-0/ParentRunFacet.json#/$defs/ParentRunFacet");
        parent["run"] = new JsonObject { ["runId"] = IdOf(run.Id) };
        parent["job"] = Job(run.Pipeline);
        return new JsonObject { ["parent"] = parent };
    }

    private static JsonObject Event(RunRecord run, string type, string id, string job, JsonObject facets, JsonArray inputs, JsonArray outputs) => new()
    {
        ["eventType"] = type,
        ["eventTime"] = (type == Start ? run.StartedAt : run.FinishedAt ?? run.StartedAt).ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["producer"] = OpenLineageFacets.Producer,
        ["schemaURL"] = Schema,
        ["run"] = new JsonObject { ["runId"] = IdOf(id), ["facets"] = facets },
        ["job"] = Job(job),
        ["inputs"] = inputs,
        ["outputs"] = outputs,
    };

    private static JsonObject Job(string name) => new() { ["namespace"] = JobNamespace, ["name"] = name };

    private static JsonObject Dataset(DatasetId id, JsonObject? version)
    {
        var facets = new JsonObject();
        if (version is not null)
            facets["version"] = version;
        return new JsonObject { ["namespace"] = id.Namespace, ["name"] = id.Name, ["facets"] = facets };
    }

    private static JsonObject? Version(string? version) =>
        version is null ? null : Facet("1-0-1/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet", ("datasetVersion", version));

    private static JsonObject ColumnLineage(DatasetLineage lineage)
    {
        var fields = new JsonObject();
        foreach (var column in lineage.Columns)
            fields[column.Name] = new JsonObject { ["inputFields"] = new JsonArray([.. column.From.Select(Field)]) };
        var facet = Facet("1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet");
        facet["fields"] = fields;
        facet["dataset"] = new JsonArray([.. lineage.Indirect.Select(Field)]);
        return facet;
    }

    private static JsonObject Field(ColumnOrigin origin) => new()
    {
        ["namespace"] = origin.Dataset.Namespace,
        ["name"] = origin.Dataset.Name,
        ["field"] = origin.Column,
        ["transformations"] = origin.Kind == LineageKind.Unknown ? [] : new JsonArray(Transformation(origin.Kind)),
    };

    private static JsonObject Transformation(LineageKind kind) => new()
    {
        ["type"] = kind is LineageKind.Identity or LineageKind.Transformation or LineageKind.Aggregation ? "DIRECT" : "INDIRECT",
        ["subtype"] = JsonNamingPolicy.SnakeCaseUpper.ConvertName(kind.ToString()),
    };

    private static JsonObject Facet(string schema, params ReadOnlySpan<(string Name, JsonNode Value)> members)
    {
        var facet = new JsonObject { ["_producer"] = OpenLineageFacets.Producer, ["_schemaURL"] = Facets + schema };
        foreach (var (name, value) in members)
            facet[name] = value;
        return facet;
    }

    private static string StateOf(RunState state) => state switch
    {
        RunState.Succeeded => "COMPLETE",
        RunState.Failed => "FAIL",
        RunState.Cancelled => "ABORT",
        _ => "RUNNING",
    };

    /// <summary>The id of a run, which the specification has as a UUID; one of another form is hashed, so that it stays the same.</summary>
    private static string IdOf(string id) => Guid.TryParse(id, out var guid) ? guid.ToString() : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16), bigEndian: true).ToString();
}
