using DataEngineX.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the face of a host.</summary>
public static class DataEngineXEndpointExtensions
{
    /// <summary>
    /// Maps REST below <c>/api/v1</c>, Open Inference below <c>/v2</c>, the probes <c>/health/live</c>, <c>/health/ready</c> and
    /// <c>/health/startup</c>, <c>/metrics</c> and <c>/openapi/v1.json</c>. Every route but the probes asks for the viewer's role,
    /// starting runs and backfills for the operator's.
    /// </summary>
    /// <param name="endpoints">The host's routes.</param>
    /// <returns>Adds conventions to all routes mapped.</returns>
    /// <exception cref="InvalidOperationException"><c>dex.UseAspNetCore()</c> was not called.</exception>
    public static IEndpointConventionBuilder MapDataEngineX(this IEndpointRouteBuilder endpoints)
    {
        var root = Open(endpoints);
        root.AddEndpointFilter<RouteGroupBuilder, ProblemFilter>();
        var api = root.MapGroup("/api/v1").WithTags("dataenginex");
        PipelinesApi.Map(api);
        BackfillsApi.Map(api);
        RunsApi.Map(api);
        DatasetsApi.Map(api);
        LineageApi.Map(api);
        ModelsApi.Map(api);
        InferenceApi.Map(root);
        ProbesApi.Map(root);
        root.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
        root.MapOpenApi("/openapi/v1.json");
        return root;
    }

    /// <summary>Maps the status page: static pages that refresh themselves, at one path and below it. It asks for the viewer's role.</summary>
    /// <param name="endpoints">The host's routes.</param>
    /// <param name="path">Where. <value>Default: <c>/dex</c>.</value></param>
    /// <returns>Adds conventions to all routes mapped.</returns>
    /// <exception cref="InvalidOperationException"><c>dex.UseAspNetCore()</c> was not called.</exception>
    public static IEndpointConventionBuilder MapDataEngineXDashboard(this IEndpointRouteBuilder endpoints, string path = "/dex")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var root = Open(endpoints).MapGroup(path).ExcludeFromDescription();
        DashboardRoutes.Map(root);
        return root;
    }

    private static RouteGroupBuilder Open(IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.ServiceProvider.GetService<SecurityPosture>() is null)
            throw new InvalidOperationException("Call dex.UseAspNetCore() in AddDataEngineX before the face is mapped.");
        return endpoints.MapGroup("").RequireAuthorization(DataEngineXPolicies.Viewer);
    }
}
