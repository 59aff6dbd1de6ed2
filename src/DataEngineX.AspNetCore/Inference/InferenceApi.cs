using System.Globalization;
using System.Reflection;
using Apache.Arrow;

namespace DataEngineX.AspNetCore;

/// <summary>Open Inference, version 2: server, models and scores.</summary>
internal static class InferenceApi
{
    private const int MaxBodyBytes = 8 * 1024 * 1024;
    private static readonly string ServerVersion = typeof(InferenceApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion.Split('+')[0];

    public static void Map(RouteGroupBuilder root)
    {
        var v2 = root.MapGroup("/v2").WithTags("open-inference");
        v2.MapGet("", () => Answers.Ok(new ServerMetadataDto("dataenginex", ServerVersion, []))).WithName("ServerMetadata")
            .WithSummary("The server's name and version.").Produces<ServerMetadataDto>();
        v2.MapGet("/health/live", () => Answers.Ok(new ServerLiveDto(true))).WithName("ServerLive").WithSummary("Whether the server works.")
            .Produces<ServerLiveDto>();
        v2.MapGet("/health/ready", ReadyAsync).WithName("ServerReady").WithSummary("Whether the server takes requests.")
            .Produces<ServerReadyDto>().Produces<ServerReadyDto>(StatusCodes.Status503ServiceUnavailable);
        foreach (var (path, suffix) in new[] { ("/models/{name}", ""), ("/models/{name}/versions/{version}", "Version") })
            MapModel(v2, path, suffix);
    }

    private static void MapModel(RouteGroupBuilder v2, string path, string suffix)
    {
        v2.MapGet(path, MetadataAsync).WithName($"ModelMetadata{suffix}").WithSummary("The tensors a model takes and gives.")
            .Produces<ModelMetadataDto>().Produces<InferenceError>(StatusCodes.Status404NotFound);
        v2.MapGet(path + "/ready", ModelReadyAsync).WithName($"ModelReady{suffix}").WithSummary("Whether a model takes requests.")
            .Produces<ModelReadyDto>().Produces<ModelReadyDto>(StatusCodes.Status503ServiceUnavailable)
            .Produces<InferenceError>(StatusCodes.Status404NotFound);
        v2.MapPost(path + "/infer", InferAsync).WithName($"Infer{suffix}").WithSummary("Scores rows: one tensor for each column.")
            .WithMetadata(new BodyLimit(MaxBodyBytes))
            .Accepts<InferRequestDto>("application/json")
            .Produces<InferResponseDto>()
            .Produces<InferenceError>(StatusCodes.Status400BadRequest)
            .Produces<InferenceError>(StatusCodes.Status404NotFound)
            .Produces<InferenceError>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadyAsync(FaceServices face, CancellationToken cancellationToken)
    {
        var ready = await ProbesApi.IsReadyAsync(face, cancellationToken).ConfigureAwait(false);
        return Answers.Of(ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, new ServerReadyDto(ready));
    }

    private static async Task<IResult> MetadataAsync(string name, string? version, FaceServices face, CancellationToken cancellationToken)
    {
        var (versions, chosen) = await FindAsync(face, name, version, cancellationToken).ConfigureAwait(false);
        return Answers.Ok(new ModelMetadataDto(
            name,
            [.. versions.Select(v => v.Version.ToString(CultureInfo.InvariantCulture)).Reverse()],
            "dataenginex",
            Describe(chosen.Signature.Inputs),
            Describe(chosen.Signature.Outputs)));
    }

    private static async Task<IResult> ModelReadyAsync(string name, string? version, FaceServices face, CancellationToken cancellationToken)
    {
        await FindAsync(face, name, version, cancellationToken).ConfigureAwait(false);
        bool ready;
        try
        {
            using var handle = await OpenAsync(face, name, version, cancellationToken).ConfigureAwait(false);
            ready = handle is not null;
        }
        catch (ApiException)
        {
            ready = false;
        }

        return Answers.Of(ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, new ModelReadyDto(name, ready));
    }

    private static async Task<IResult> InferAsync(
        string name, string? version, HttpContext http, FaceServices face, CancellationToken cancellationToken)
    {
        await FindAsync(face, name, version, cancellationToken).ConfigureAwait(false);
        var body = await JsonBody.ReadAsync(http.Request, MaxBodyBytes, cancellationToken).ConfigureAwait(false);
        using var document = JsonBody.Parse(body);
        var request = InferRequestReader.Read(document.RootElement);
        using var handle = await OpenAsync(face, name, version, cancellationToken).ConfigureAwait(false)
            ?? throw new ApiException(ApiProblem.Unavailable($"Model {name} has no version that serves; name a version."));
        return Answers.Ok(Inference.Score(handle.Scorer, request, http.TraceIdentifier));
    }

    private static async ValueTask<(IReadOnlyList<ModelVersion> Versions, ModelVersion Chosen)> FindAsync(
        FaceServices face, string name, string? version, CancellationToken cancellationToken)
    {
        RequestReader.Name(name, "name");
        if (version is not null)
            RequestReader.Name(version, "version");
        var versions = face.Registry is null ? [] : await face.Registry.ListVersionsAsync(name, cancellationToken).ConfigureAwait(false);
        if (versions.Count == 0)
            throw ApiException.NotFound($"Model {name} not found");
        var chosen = await face.Registry!.FindVersionAsync(name, version ?? ModelAliases.Champion, cancellationToken).ConfigureAwait(false)
            ?? (version is null ? versions[0] : throw ApiException.NotFound($"Model {name} with version {version} not found"));
        return (versions, chosen);
    }

    private static async ValueTask<ScorerHandle?> OpenAsync(FaceServices face, string name, string? version, CancellationToken cancellationToken)
    {
        if (face.Scorers is null)
            return null;
        try
        {
            return await face.Scorers.FindAsync(name, version ?? ModelAliases.Champion, cancellationToken).ConfigureAwait(false);
        }
        catch (DataEngineXException e)
        {
            Log.ModelNotLoaded(face.Logger, e, name);
            throw new ApiException(ApiProblem.Unavailable($"Model {name} could not be loaded"));
        }
    }

    private static IReadOnlyList<TensorMetadataDto> Describe(Schema schema) =>
        [.. schema.FieldsList.Select(f => new TensorMetadataDto(f.Name, Datatypes.Of(f.DataType), [-1]))];
}
