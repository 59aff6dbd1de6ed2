using DataEngineX;
using DataEngineX.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WeatherService;

/// <summary>Adds a live source, where one is configured.</summary>
public static class LiveWeatherExtensions
{
    /// <summary>Adds what asks the source, at the start and each hour, and the pipelines that make a forecast of its answers as soon as they come.</summary>
    /// <param name="dex">The host's builder.</param>
    /// <param name="live">The source; with none nothing is added that would ask anybody.</param>
    public static IDataEngineXBuilder AddLiveWeather(this IDataEngineXBuilder dex, LiveOptions live)
    {
        ArgumentNullException.ThrowIfNull(dex);
        ArgumentNullException.ThrowIfNull(live);
        dex.Services.AddSingleton<IStartCheck, LiveCheck>();
        dex.AddLivePipelines(live);
        if (live.Provider == LiveProvider.None)
            return dex;
        return dex.Schedule(LiveRaw.Name, "20 * * * *")
            .RunAtStart(LiveRaw.Name)
            .RunAfterUpstream(LiveBronze.Name)
            .RunAfterUpstream(LiveSilver.Name)
            .RunAfterUpstream(LiveGold.Name);
    }

    /// <summary>Adds the pipelines and what reads the last of their tables, and nothing that would start them.</summary>
    /// <param name="dex">The builder.</param>
    /// <param name="live">The source; with none there is no pipeline.</param>
    public static IDataEngineXBuilder AddLivePipelines(this IDataEngineXBuilder dex, LiveOptions live)
    {
        ArgumentNullException.ThrowIfNull(dex);
        ArgumentNullException.ThrowIfNull(live);
        dex.Services.TryAddSingleton(live);
        dex.Services.TryAddSingleton<LiveForecastReader>();
        return live.Provider == LiveProvider.None
            ? dex
            : dex.AddPipeline(LiveRaw.Name, p => LiveRaw.Describe(p, live))
                .AddPipeline(LiveBronze.Name, p => LiveBronze.Describe(p, live))
                .AddPipeline(LiveSilver.Name, p => LiveSilver.Describe(p, live))
                .AddPipeline(LiveGold.Name, LiveGold.Describe);
    }
}
