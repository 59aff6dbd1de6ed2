namespace DataEngineX.AspNetCore;

/// <summary>Lineage of datasets, by dataset and by column.</summary>
internal static class LineageApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/lineage/{layer}/{name}", GetAsync).WithName("GetLineage")
            .WithSummary("Where a dataset and each of its columns come from; the layer may be 'models' too.").Produces<LineageDto>();

    private static async Task<IResult> GetAsync(string layer, string name, FaceServices face, CancellationToken cancellationToken)
    {
        var id = RequestReader.Dataset(layer, name);
        var table = id.Layer is null ? null : await face.Tables.FindAsync(id, cancellationToken).ConfigureAwait(false);
        var snapshot = table is null ? null : await table.GetSnapshotAsync(null, cancellationToken).ConfigureAwait(false);
        var evidence = await EvidenceReader.FindAsync(face, id, snapshot, cancellationToken).ConfigureAwait(false);
        var facets = OpenLineageEvents.QualityOf(evidence?.Verdicts ?? [], table is null ? null : await face.ProfileAsync(id, cancellationToken).ConfigureAwait(false));
        if (evidence?.Lineage is { } lineage)
            return Answers.Ok(LineageDto.Of(lineage, facets));
        return snapshot is not null
            ? Answers.Ok(new LineageDto(id.ToString(), null, [], [], [], facets))
            : throw ApiException.NotFound($"There is no dataset '{id}', or nothing has been published to it yet.");
    }
}
