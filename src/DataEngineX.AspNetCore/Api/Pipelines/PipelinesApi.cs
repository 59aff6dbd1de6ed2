using System.Text.Json;

namespace DataEngineX.AspNetCore;

/// <summary>Pipelines, and orders to run them.</summary>
internal static class PipelinesApi
{
    private const int MaxOrderBytes = 16 * 1024;
    private const int MaxPartitionLength = 256;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/pipelines", ListAsync).WithName("ListPipelines").WithSummary("All pipelines with their newest run and next slots.")
            .Produces<PageDto<PipelineDto>>();
        api.MapGet("/pipelines/{name}/plan", PlanAsync).WithName("PlanRun").WithSummary("What a run would do now: inputs, partitions and why, columns changed here and downstream.")
            .Produces<PlanDto>().ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/pipelines/{name}/runs", StartAsync).WithName("StartRun").WithSummary("Orders a run; it starts in the background when its turn comes.")
            .RequireAuthorization(DataEngineXPolicies.Operator)
            .WithMetadata(new BodyLimit(MaxOrderBytes))
            .Accepts<RunOrderDto>(isOptional: true, "application/json")
            .Produces<RunDto>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ListAsync(FaceServices face, CancellationToken cancellationToken) =>
        Answers.Ok(new PageDto<PipelineDto>(await PipelineReader.ListAsync(face, cancellationToken).ConfigureAwait(false)));

    private static async Task<IResult> PlanAsync(string name, FaceServices face, CancellationToken cancellationToken)
    {
        var pipeline = RequestReader.Pipeline(face, name);
        try
        {
            return Answers.Ok(PlanDto.Of(await face.Runner.PlanAsync(pipeline.Name, cancellationToken).ConfigureAwait(false)));
        }
        catch (PlanException e)
        {
            throw new ApiException(ApiProblem.Conflict(e.Message));
        }
    }

    private static async Task<IResult> StartAsync(string name, HttpContext http, FaceServices face, CancellationToken cancellationToken)
    {
        var pipeline = RequestReader.Pipeline(face, name);
        var order = await ReadOrderAsync(http.Request, cancellationToken).ConfigureAwait(false);
        var run = face.Orders.Order((order ?? new RunOrderDto(null)).ToRequest(pipeline.Name));
        http.Response.Headers.Location = $"{http.Request.PathBase}/api/v1/runs/{run.Id}";
        return Answers.Of(StatusCodes.Status202Accepted, RunDto.Of(run, face.RunsAtWork));
    }

    private static async ValueTask<RunOrderDto?> ReadOrderAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(request, MaxOrderBytes, cancellationToken).ConfigureAwait(false);
        if (body.Length == 0)
            return null;
        using var document = JsonBody.Parse(body);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw ApiException.Invalid("body", "The body is not a JSON object.");
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name is not ("partition" or "full" or "replay"))
                throw ApiException.Invalid("body", "The body may hold 'partition', 'full' and 'replay' only.");
        }

        return new RunOrderDto(PartitionOf(root), Flag(root, "full"), Flag(root, "replay"));
    }

    private static string? PartitionOf(JsonElement root)
    {
        if (!root.TryGetProperty("partition", out var partition) || partition.ValueKind == JsonValueKind.Null)
            return null;
        return partition.ValueKind == JsonValueKind.String && partition.GetString() is { Length: > 0 and <= MaxPartitionLength } text
            ? text
            : throw ApiException.Invalid("partition", $"The partition is a text of 1 to {MaxPartitionLength} characters.");
    }

    private static bool Flag(JsonElement root, string name) => root.TryGetProperty(name, out var flag) && flag.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null => false,
        _ => throw ApiException.Invalid(name, $"'{name}' is true or false."),
    };
}
