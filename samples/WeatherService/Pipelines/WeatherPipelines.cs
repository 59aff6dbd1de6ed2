using DataEngineX;

namespace WeatherService;

/// <summary>The six pipelines from a file in the inbox to a forecast.</summary>
public static class WeatherPipelines
{
    /// <summary>Adds the pipelines and what watches the forecasts.</summary>
    /// <param name="dex">The host's builder.</param>
    public static IDataEngineXBuilder AddWeatherPipelines(this IDataEngineXBuilder dex) => dex
        .AddPipeline(WeatherRaw.Name, (services, p) => WeatherRaw.Describe(p, services.GetRequiredService<WeatherOptions>().Inbox))
        .AddPipeline(WeatherBronze.Name, WeatherBronze.Describe)
        .AddPipeline(WeatherSilver.Name, WeatherSilver.Describe)
        .AddPipeline(WeatherGold.Name, WeatherGold.Describe)
        .AddPipeline(WeatherTrain.Name, WeatherTrain.Describe)
        .AddPipeline(WeatherForecast.Name, WeatherForecast.Describe)
        .TrackForecasts(WeatherTrain.Model, f => f
            .Forecasts(Layer.Gold, "forecasts").Key("location").For("for_date").Value("temperature_max_c").Version("model_version")
            .Baseline("persistence", "persistence").Baseline("climatology", "climatology")
            .Actuals(Layer.Silver, "observations").ActualKey("location").ActualDate("date").ActualValue("temp_max"));
}
