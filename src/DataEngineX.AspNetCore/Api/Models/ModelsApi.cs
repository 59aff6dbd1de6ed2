namespace DataEngineX.AspNetCore;

/// <summary>Registered models and how they fare. A host without models has an empty list.</summary>
internal static class ModelsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/models", ListAsync).WithName("ListModels").WithSummary("All registered models.").Produces<PageDto<ModelSummaryDto>>();
        api.MapGet("/models/{name}", GetAsync).WithName("GetModel").WithSummary("A model with all its versions.").Produces<ModelDto>();
        api.MapGet("/models/{name}/performance", PerformanceAsync).WithName("GetPerformance")
            .WithSummary("The running error of forecasts with known actuals, and of baselines.").Produces<PerformanceDto>();
    }

    private static async Task<IResult> ListAsync(FaceServices face, CancellationToken cancellationToken)
    {
        var items = new List<ModelSummaryDto>();
        if (face.Registry is { } registry)
        {
            foreach (var name in await registry.ListModelsAsync(cancellationToken).ConfigureAwait(false))
            {
                if (await registry.ListVersionsAsync(name, cancellationToken).ConfigureAwait(false) is { Count: > 0 } versions)
                    items.Add(ModelSummaryDto.Of(name, versions));
            }
        }

        return Answers.Ok(new PageDto<ModelSummaryDto>(items));
    }

    private static async Task<IResult> GetAsync(string name, FaceServices face, CancellationToken cancellationToken)
    {
        var model = RequestReader.Name(name, "name");
        var versions = face.Registry is null ? [] : await face.Registry.ListVersionsAsync(model, cancellationToken).ConfigureAwait(false);
        return versions.Count > 0
            ? Answers.Ok(new ModelDto(model, ModelSummaryDto.Of(model, versions).Champion, [.. versions.Select(ModelVersionDto.Of)]))
            : throw ApiException.NotFound($"There is no model '{model}'.");
    }

    private static async Task<IResult> PerformanceAsync(string name, FaceServices face, CancellationToken cancellationToken)
    {
        var model = RequestReader.Name(name, "name");
        var watch = face.Performance.FirstOrDefault(p => string.Equals(p.Model, model, StringComparison.Ordinal))
            ?? throw ApiException.NotFound($"There is no model '{model}' whose forecasts are watched.");
        return Answers.Ok(PerformanceDto.Of(await watch.GetAsync(cancellationToken).ConfigureAwait(false)));
    }
}
