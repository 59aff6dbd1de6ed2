namespace DataEngineX.AspNetCore;

/// <summary>Runs: past ones and those at work.</summary>
internal static class RunsApi
{
    private const int DefaultPage = 50;
    private const int MaxPage = 500;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/runs", ListAsync).WithName("ListRuns").WithSummary("Runs, newest first.")
            .Produces<PageDto<RunDto>>().DescribesLimit(DefaultPage, MaxPage);
        api.MapGet("/runs/{id}", GetAsync).WithName("GetRun").WithSummary("One run with its verdicts.").Produces<RunDto>();
        api.MapGet("/runs/{id}/report", ReportAsync).WithName("GetRunReport").WithSummary("The verdicts of a run as a report: format html, markdown or junit.")
            .Produces<string>(contentType: "text/html", additionalContentTypes: ["text/markdown", "application/xml"]);
        api.MapGet("/runs/{id}/openlineage", OpenLineageAsync).WithName("GetRunOpenLineage")
            .WithSummary("A run, and the check its gates were, as events of OpenLineage with verdicts and profile as facets.").Produces<System.Text.Json.Nodes.JsonArray>();
    }

    private static async Task<IResult> OpenLineageAsync(string id, FaceServices face, CancellationToken cancellationToken)
    {
        var key = RequestReader.Name(id, "id");
        var run = await face.Metadata.GetRunAsync(key, cancellationToken).ConfigureAwait(false) ?? throw ApiException.NotFound($"There is no run '{key}'.");
        var evidence = run is { Target: { } target, Published: true } ? await face.Metadata.GetEvidenceAsync(target, cancellationToken).ConfigureAwait(false) : null;
        // Lineage and profile are those of the newest version: an earlier run has them no more.
        var isNewest = evidence?.RunId == run.Id;
        return Answers.Ok(OpenLineageEvents.Of(run, isNewest ? evidence!.Lineage : null, isNewest ? await face.ProfileAsync(run.Target!, cancellationToken).ConfigureAwait(false) : null));
    }

    private static async Task<IResult> ListAsync(
        FaceServices face, string? pipeline, string? state, string? before, string? limit, CancellationToken cancellationToken)
    {
        var query = new RunQuery
        {
            Pipeline = pipeline is null ? null : RequestReader.Name(pipeline, "pipeline"),
            State = RequestReader.State(state),
            Before = before is null ? null : RequestReader.Name(before, "before"),
            Limit = RequestReader.Limit(limit, DefaultPage, MaxPage),
        };
        var runs = await face.Metadata.ListRunsAsync(query, cancellationToken).ConfigureAwait(false);
        return Answers.Ok(new PageDto<RunDto>([.. runs.Select(r => RunDto.Of(r, face.RunsAtWork))], runs.Count == query.Limit ? runs[^1].Id : null));
    }

    private static async Task<IResult> GetAsync(string id, FaceServices face, CancellationToken cancellationToken)
    {
        var key = RequestReader.Name(id, "id");

        // An order just taken is known before its run has a record.
        var run = await face.Metadata.GetRunAsync(key, cancellationToken).ConfigureAwait(false) ?? face.Orders.Find(key)
            ?? throw ApiException.NotFound($"There is no run '{key}'.");
        return Answers.Ok(RunDto.Of(run, face.RunsAtWork));
    }

    private static async Task<IResult> ReportAsync(string id, string? format, FaceServices face, HttpContext http, CancellationToken cancellationToken)
    {
        var key = RequestReader.Name(id, "id");
        var run = await face.Metadata.GetRunAsync(key, cancellationToken).ConfigureAwait(false) ?? throw ApiException.NotFound($"There is no run '{key}'.");
        return await QualityReports.OfAsync(face, run, format, http, cancellationToken).ConfigureAwait(false);
    }
}
