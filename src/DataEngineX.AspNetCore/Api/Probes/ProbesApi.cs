using DataEngineX.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataEngineX.AspNetCore;

/// <summary>The three probes: the only routes without a token.</summary>
internal static class ProbesApi
{
    public static void Map(RouteGroupBuilder root)
    {
        foreach (var (tag, summary) in new[]
        {
            (HealthTags.Live, "Whether the process works; it depends on nothing else."),
            (HealthTags.Ready, "Whether requests should be sent here."),
            (HealthTags.Startup, "Whether the start has come to its end."),
        })
        {
            root.MapGet($"/health/{tag}", (FaceServices face, CancellationToken cancellationToken) => CheckAsync(face, tag, cancellationToken))
                .WithName($"Health{tag}").WithSummary(summary).WithTags("health")
                .WithMetadata(new AllowAnonymousAttribute())
                .Produces<HealthDto>().Produces<HealthDto>(StatusCodes.Status503ServiceUnavailable);
        }
    }

    public static async ValueTask<bool> IsReadyAsync(FaceServices face, CancellationToken cancellationToken) =>
        (await face.Health.CheckHealthAsync(r => r.Tags.Contains(HealthTags.Ready), cancellationToken).ConfigureAwait(false)).Status != HealthStatus.Unhealthy;

    private static async Task<IResult> CheckAsync(FaceServices face, string tag, CancellationToken cancellationToken)
    {
        var report = await face.Health.CheckHealthAsync(r => r.Tags.Contains(tag), cancellationToken).ConfigureAwait(false);
        var answer = new HealthDto(
            Words.Of(report.Status), report.Entries.ToDictionary(e => e.Key, e => Words.Of(e.Value.Status), StringComparer.Ordinal));
        return Answers.Of(report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK, answer);
    }
}
