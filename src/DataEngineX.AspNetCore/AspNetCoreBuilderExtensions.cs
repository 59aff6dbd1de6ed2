using DataEngineX.AspNetCore;
using DataEngineX.Hosting;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace DataEngineX;

/// <summary>Grows a host by its face.</summary>
public static class AspNetCoreBuilderExtensions
{
    /// <summary>
    /// Adds what <c>MapDataEngineX</c> and <c>MapDataEngineXDashboard</c> need: authorization by bearer tokens (the policies of
    /// <see cref="DataEngineXPolicies"/>, the viewer's also as fallback for routes that name none), problem details, request ids,
    /// OpenAPI and the Prometheus exporter. Calling it twice changes nothing.
    /// </summary>
    /// <param name="dex">The host's builder.</param>
    /// <param name="configure">Changes what the section <c>DataEngineX:Security</c> says. <value>Default: null.</value></param>
    public static IDataEngineXBuilder UseAspNetCore(this IDataEngineXBuilder dex, Action<DataEngineXSecurityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(dex);
        var services = dex.Services;
        if (configure is not null)
            services.Configure(configure);
        if (services.Any(s => s.ServiceType == typeof(SecurityPosture)))
            return dex;

        services.AddOptions<DataEngineXSecurityOptions>().BindConfiguration(DataEngineXSecurityOptions.Section);
        services.AddSingleton<SecurityPosture>();
        services.AddSingleton<IStartCheck, SecurityStartCheck>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerSetup>();
        services.AddAuthentication().AddJwtBearer(DataEngineXPolicies.BearerScheme, static _ => { });
        AddPolicies(services);

        services.AddSingleton<OrderedRuns>();
        services.AddSingleton<FaceServices>();
        services.AddSingleton<StatusPage>();
        services.AddTransient<IStartupFilter, FaceStartupFilter>();
        services.AddOpenApi(OpenApiSetup.Document, OpenApiSetup.Configure);
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter([.. DataEngineXDiagnostics.All, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"])
            .AddPrometheusExporter());
        return dex;
    }

    /// <summary>Logs to the console as JSON, one line an event, in UTC, with scopes: the request id is one of them.</summary>
    /// <param name="dex">The host's builder.</param>
    public static IDataEngineXBuilder UseJsonLogs(this IDataEngineXBuilder dex)
    {
        ArgumentNullException.ThrowIfNull(dex);
        dex.Services.AddLogging(logging => logging.AddJsonConsole(options =>
        {
            options.IncludeScopes = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        }));
        return dex;
    }

    private static void AddPolicies(IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationHandler, RoleHandler>();
        services.AddAuthorization();
        services.AddOptions<AuthorizationOptions>().Configure(options =>
        {
            options.AddPolicy(DataEngineXPolicies.Viewer, Policy(mustOperate: false));
            options.AddPolicy(DataEngineXPolicies.Operator, Policy(mustOperate: true));
        });

        // Closed by default: a route of the host that names no policy is the viewer's. A host's own fallback is left alone.
        services.AddOptions<AuthorizationOptions>().PostConfigure(options => options.FallbackPolicy ??= Policy(mustOperate: false));
    }

    private static AuthorizationPolicy Policy(bool mustOperate) =>
        new AuthorizationPolicyBuilder(DataEngineXPolicies.BearerScheme).AddRequirements(new RoleRequirement(mustOperate)).Build();
}
