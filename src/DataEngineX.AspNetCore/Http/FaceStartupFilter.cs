using Microsoft.AspNetCore.Hosting;

namespace DataEngineX.AspNetCore;

/// <summary>Puts request ids, problems and the local-only guard before everything else of the host.</summary>
internal sealed class FaceStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<LocalOnlyMiddleware>();
        next(app);
    };
}
