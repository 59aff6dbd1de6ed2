using DataEngineX;

namespace WeatherService;

/// <summary>Adds a live source, where one is configured.</summary>
public static class LiveWeatherExtensions
{
    /// <summary>Adds the pipeline that asks it: at the start, and each hour.</summary>
    /// <param name="dex">The host's builder.</param>
    /// <param name="live">The source; with none nothing is added that would ask anybody.</param>
    public static IDataEngineXBuilder AddLiveWeather(this IDataEngineXBuilder dex, LiveOptions live)
    {
        ArgumentNullException.ThrowIfNull(dex);
        ArgumentNullException.ThrowIfNull(live);
        dex.Services.AddSingleton(live);
        dex.Services.AddSingleton<LiveForecastReader>();
        dex.Services.AddSingleton<DataEngineX.Hosting.IStartCheck, LiveCheck>();
        if (live.Provider == LiveProvider.None)
            return dex;
        return dex.AddPipeline(WeatherLive.Name, p => WeatherLive.Describe(p, live))
            .Schedule(WeatherLive.Name, "20 * * * *")
            .RunAtStart(WeatherLive.Name);
    }
}
