using System.Globalization;
using DataEngineX;

namespace WeatherService;

/// <summary>Which live source there is, by the section <c>DataEngineX:Weather:Live</c>. It holds a key, so it is a class and no record that could be printed.</summary>
public sealed class LiveOptions
{
    /// <summary>The section.</summary>
    public const string Section = "DataEngineX:Weather:Live";

    private static readonly IReadOnlyList<LivePlace> Cities = [new("Seattle", 47.6062, -122.3321), new("New York", 40.7128, -74.006)];

    /// <summary>The source. <c>Source</c>: none, open-meteo or openweathermap.</summary>
    public LiveProvider Provider { get; init; }

    /// <summary>How the source is called, in tables and answers.</summary>
    public string Name => NameOf(Provider);

    /// <summary>The table of its answers, in raw and bronze.</summary>
    public string Table => $"live_{Name.Replace('-', '_')}";

    /// <summary>The key. <c>Key</c>; give it by an environment variable or a secret store.</summary>
    public string? Key { get; init; }

    /// <summary>Where the source is. <c>Address</c>; the provider's own when left out.</summary>
    public required Uri Address { get; init; }

    /// <summary>Of which places. <c>Places:0:Name</c>, <c>Latitude</c>, <c>Longitude</c> and so on; the two cities of the sample when left out.</summary>
    public IReadOnlyList<LivePlace> Places { get; init; } = Cities;

    /// <summary>How long an answer may take. <c>Timeout</c>, in seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The wait before the first further attempt; it doubles. <c>RetryDelay</c>, in seconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Reads the configuration.</summary>
    /// <param name="configuration">The host's configuration.</param>
    /// <exception cref="DataEngineXException">A value cannot be read, or does not go with another; the message names the key of the configuration, and no value that may be secret.</exception>
    public static LiveOptions Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(Section);
        var provider = (section["Source"] ?? "").ToLowerInvariant() switch
        {
            "" or "none" => LiveProvider.None,
            "open-meteo" => LiveProvider.OpenMeteo,
            "openweathermap" => LiveProvider.OpenWeatherMap,
            var other => throw Wrong("Source", $"is '{other}'; give none, open-meteo or openweathermap"),
        };
        var key = section["Key"] is { Length: > 0 } text ? text : null;
        if (provider == LiveProvider.OpenWeatherMap && key is null)
            throw Wrong("Key", "is missing: OpenWeatherMap answers nobody without one");
        return new LiveOptions
        {
            Provider = provider,
            Key = key,
            Address = AddressOf(section["Address"], provider),
            Places = section.GetSection("Places").GetChildren().Select(PlaceOf).ToList() is { Count: > 0 } places ? places : Cities,
            Timeout = Seconds(section["Timeout"], "Timeout", 20),
            RetryDelay = Seconds(section["RetryDelay"], "RetryDelay", 1),
        };
    }

    private static string NameOf(LiveProvider provider) => provider switch
    {
        LiveProvider.OpenMeteo => "open-meteo",
        LiveProvider.OpenWeatherMap => "openweathermap",
        _ => "none",
    };

    private static Uri AddressOf(string? text, LiveProvider provider)
    {
        var own = provider == LiveProvider.OpenWeatherMap ? "https://api.openweathermap.org/" : "https://api.open-meteo.com/";
        if (!Uri.TryCreate(string.IsNullOrEmpty(text) ? own : text, UriKind.Absolute, out var address) || address.UserInfo.Length > 0)
            throw Wrong("Address", "is not a whole address without user and password");
        return address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)
            ? address
            : throw Wrong("Address", "must be https, or http on the loopback: the key goes there");
    }

    private static LivePlace PlaceOf(IConfigurationSection section) => new(
        section["Name"] is { Length: > 0 } name ? name : throw Wrong($"Places:{section.Key}:Name", "is missing"),
        Degrees(section, "Latitude", 90),
        Degrees(section, "Longitude", 180));

    private static double Degrees(IConfigurationSection section, string name, double most) =>
        double.TryParse(section[name], NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= most
            ? degrees
            : throw Wrong($"Places:{section.Key}:{name}", $"is '{section[name]}'; give degrees from -{most} to {most}");

    private static TimeSpan Seconds(string? text, string name, double fallback)
    {
        if (string.IsNullOrEmpty(text))
            return TimeSpan.FromSeconds(fallback);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 3600
            ? TimeSpan.FromSeconds(seconds)
            : throw Wrong(name, $"is '{text}'; give seconds, above 0 and up to 3600");
    }

    private static DataEngineXException Wrong(string name, string what) => new($"{Section}:{name} {what}.");
}
