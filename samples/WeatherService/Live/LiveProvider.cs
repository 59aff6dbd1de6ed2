namespace WeatherService;

/// <summary>Who tells of the weather to come.</summary>
public enum LiveProvider
{
    /// <summary>Nobody: the service has what is in its inbox, and no network.</summary>
    None,

    /// <summary>Open-Meteo, which asks for no key.</summary>
    OpenMeteo,

    /// <summary>OpenWeatherMap, which asks for one.</summary>
    OpenWeatherMap,
}
