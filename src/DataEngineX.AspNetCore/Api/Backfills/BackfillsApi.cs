using DataEngineX.Hosting;
using DataEngineX.Pipelines;

namespace DataEngineX.AspNetCore;

/// <summary>Backfills: orders, how they stand, and their end.</summary>
internal static class BackfillsApi
{
    private const int MaxOrderBytes = 16 * 1024;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/pipelines/{name}/backfills", StartAsync).WithName("StartBackfill")
            .WithSummary("Computes the partitions of a pipeline that are not done, in the background; ordering it again goes on where an earlier one ended.")
            .RequireAuthorization(DataEngineXPolicies.Operator)
            .WithMetadata(new BodyLimit(MaxOrderBytes))
            .Accepts<BackfillOrderDto>(isOptional: true, "application/json")
            .Produces<BackfillDto>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/backfills", ListAsync).WithName("ListBackfills").WithSummary("The backfills of all hosts that share the metadata store, newest first.").Produces<PageDto<BackfillDto>>();
        api.MapGet("/backfills/{id}", GetAsync).WithName("GetBackfill").WithSummary("How a backfill stands.").Produces<BackfillDto>();
        api.MapDelete("/backfills/{id}", CancelAsync).WithName("CancelBackfill").WithSummary("Asks a backfill to stop; partitions that are done stay done.")
            .RequireAuthorization(DataEngineXPolicies.Operator)
            .Produces<BackfillDto>(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> StartAsync(string name, HttpContext http, FaceServices face, CancellationToken cancellationToken)
    {
        var pipeline = RequestReader.Pipeline(face, name);
        var order = await BackfillOrderReader.ReadAsync(http.Request, MaxOrderBytes, cancellationToken).ConfigureAwait(false);
        if (pipeline.Partition?.Partitioning is not { } partitioning)
            throw new ApiException(ApiProblem.Conflict($"'{pipeline.Name}' has no partitions that could be computed one by one."));
        Check(partitioning, order.From, "from");
        Check(partitioning, order.To, "to");
        var known = await face.Backfills.ListAsync(cancellationToken).ConfigureAwait(false);
        if (known.FirstOrDefault(b => b.State == RunState.Running && b.Request.Pipeline == pipeline.Name) is { } other)
            throw new ApiException(ApiProblem.Conflict($"'{pipeline.Name}' is being backfilled already, by {other.Id}."));
        try
        {
            var begun = await face.Backfills.StartAsync(order.ToRequest(pipeline.Name), cancellationToken).ConfigureAwait(false);
            http.Response.Headers.Location = $"{http.Request.PathBase}/api/v1/backfills/{begun.Id}";
            return Answers.Of(StatusCodes.Status202Accepted, BackfillDto.Of(begun));
        }
        catch (RunRefusedException e)
        {
            throw new ApiException(ApiProblem.Unavailable(e.Message));
        }
    }

    private static async Task<IResult> ListAsync(FaceServices face, CancellationToken cancellationToken) =>
        Answers.Ok(new PageDto<BackfillDto>([.. (await face.Backfills.ListAsync(cancellationToken).ConfigureAwait(false)).Select(BackfillDto.Of)]));

    private static async Task<IResult> GetAsync(string id, FaceServices face, CancellationToken cancellationToken) =>
        Answers.Ok(BackfillDto.Of(Known(await face.Backfills.FindAsync(RequestReader.Name(id, "id"), cancellationToken).ConfigureAwait(false), id)));

    private static async Task<IResult> CancelAsync(string id, FaceServices face, CancellationToken cancellationToken) => Answers.Of(
        StatusCodes.Status202Accepted, BackfillDto.Of(Known(await face.Backfills.CancelAsync(RequestReader.Name(id, "id"), cancellationToken).ConfigureAwait(false), id)));

    private static BackfillRecord Known(BackfillRecord? record, string id) => record
        ?? throw ApiException.NotFound($"There is no backfill '{id}' any more, or never was; what it did is in the runs.");

    private static void Check(Partitioning partitioning, string? partition, string field)
    {
        try
        {
            if (partition is not null)
                partitioning.NumberOf(partition);
        }
        catch (PlanException e)
        {
            throw ApiException.Invalid(field, e.Message);
        }
    }
}
