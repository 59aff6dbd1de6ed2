namespace DataEngineX.AspNetCore;

/// <summary>Datasets: facts, verdicts and a look at rows.</summary>
internal static class DatasetsApi
{
    private const int DefaultPreview = 20;
    private const int MaxPreview = 1000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/datasets", ListAsync).WithName("ListDatasets").WithSummary("All tables that have a version.")
            .Produces<PageDto<DatasetSummaryDto>>();
        api.MapGet("/datasets/{layer}/{name}", GetAsync).WithName("GetDataset").WithSummary("The newest version of a table.")
            .Produces<DatasetDto>();
        api.MapGet("/datasets/{layer}/{name}/quality", QualityAsync).WithName("GetQuality")
            .WithSummary("What the gates found in the newest version.").Produces<QualityDto>();
        api.MapGet("/datasets/{layer}/{name}/quality/report", ReportAsync).WithName("GetQualityReport")
            .WithSummary("The same as a report: format html, markdown or junit.").Produces<string>(contentType: "text/html", additionalContentTypes: ["text/markdown", "application/xml"]);
        api.MapGet("/datasets/{layer}/{name}/profile", ProfileAsync).WithName("GetProfile")
            .WithSummary("What the rows of a table look like, in the newest version profiled.").Produces<ProfileDto>();
        api.MapGet("/datasets/{layer}/{name}/preview", PreviewAsync).WithName("GetPreview").WithSummary("A few rows, quarantine included.")
            .Produces<PreviewDto>().DescribesLimit(DefaultPreview, MaxPreview);
    }

    private static async Task<IResult> ListAsync(FaceServices face, CancellationToken cancellationToken)
    {
        var items = new List<DatasetSummaryDto>();
        await foreach (var id in face.Tables.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await face.Tables.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } table)
                continue;
            var snapshot = await table.GetSnapshotAsync(null, cancellationToken).ConfigureAwait(false);
            var freshness = await FreshnessDto.ReadAsync(face, table, snapshot, cancellationToken).ConfigureAwait(false);
            items.Add(new DatasetSummaryDto(
                id.ToString(), id.Layer is { } layer ? Words.Of(layer) : null, id.Name, snapshot.Version, snapshot.RowCount, freshness));
        }

        return Answers.Ok(new PageDto<DatasetSummaryDto>(items));
    }

    private static async Task<IResult> GetAsync(string layer, string name, FaceServices face, CancellationToken cancellationToken)
    {
        var (table, snapshot) = await OpenAsync(face, RequestReader.Table(layer, name), cancellationToken).ConfigureAwait(false);
        return Answers.Ok(new DatasetDto(
            snapshot.Id.ToString(),
            snapshot.Version,
            await table.CountRowsAsync(snapshot.Version, cancellationToken).ConfigureAwait(false),
            ColumnDto.Of(snapshot.Schema),
            await FreshnessDto.ReadAsync(face, table, snapshot, cancellationToken).ConfigureAwait(false),
            snapshot.FileCount,
            snapshot.Bytes,
            [.. snapshot.Records.Keys.Order(StringComparer.Ordinal)]));
    }

    private static async Task<IResult> QualityAsync(string layer, string name, FaceServices face, CancellationToken cancellationToken)
    {
        var (_, snapshot) = await OpenAsync(face, RequestReader.Table(layer, name), cancellationToken).ConfigureAwait(false);
        var evidence = await EvidenceReader.FindAsync(face, snapshot.Id, snapshot, cancellationToken).ConfigureAwait(false);
        return Answers.Ok(new QualityDto(
            snapshot.Id.ToString(), evidence?.Version, evidence?.RunId, evidence?.At, [.. (evidence?.Verdicts ?? []).Select(VerdictDto.Of)]));
    }

    private static async Task<IResult> ReportAsync(
        string layer, string name, string? format, FaceServices face, HttpContext http, CancellationToken cancellationToken)
    {
        var (_, snapshot) = await OpenAsync(face, RequestReader.Table(layer, name), cancellationToken).ConfigureAwait(false);
        var evidence = await EvidenceReader.FindAsync(face, snapshot.Id, snapshot, cancellationToken).ConfigureAwait(false)
            ?? throw ApiException.NotFound($"No gate has judged '{snapshot.Id}' yet.");
        return await QualityReports.OfAsync(face, evidence, format, http, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IResult> ProfileAsync(string layer, string name, FaceServices face, CancellationToken cancellationToken)
    {
        var (_, snapshot) = await OpenAsync(face, RequestReader.Table(layer, name), cancellationToken).ConfigureAwait(false);
        var kept = face.Profiles is null ? null : await face.Profiles.FindAsync(snapshot.Id, cancellationToken).ConfigureAwait(false);
        return Answers.Ok(ProfileDto.Of(kept ?? throw ApiException.NotFound($"'{snapshot.Id}' has not been profiled.")));
    }

    private static async Task<IResult> PreviewAsync(
        string layer, string name, string? limit, FaceServices face, CancellationToken cancellationToken)
    {
        var id = RequestReader.Table(layer, name);
        var count = RequestReader.Limit(limit, DefaultPreview, MaxPreview);
        var (table, snapshot) = await OpenAsync(face, id, cancellationToken).ConfigureAwait(false);
        return Answers.Ok(await PreviewReader.ReadAsync(table, snapshot, count, cancellationToken).ConfigureAwait(false));
    }

    private static async ValueTask<(ITable Table, TableSnapshot Snapshot)> OpenAsync(
        FaceServices face, DatasetId id, CancellationToken cancellationToken)
    {
        var table = await face.Tables.FindAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw ApiException.NotFound($"There is no dataset '{id}'.");
        return (table, await table.GetSnapshotAsync(null, cancellationToken).ConfigureAwait(false));
    }
}
