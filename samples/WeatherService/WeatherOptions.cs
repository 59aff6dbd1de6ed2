using System.Globalization;
using DataEngineX;

namespace WeatherService;

/// <summary>What the service is told by configuration.</summary>
public sealed record WeatherOptions
{
    /// <summary>The command line's short names.</summary>
    public static IDictionary<string, string> Switches { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["--replay"] = "DataEngineX:Weather:Replay",
        ["--speed"] = "DataEngineX:Weather:Speed",
        ["--quiet"] = "DataEngineX:Weather:Quiet",
    };

    /// <summary>The folder files are dropped into. <c>DataEngineX:Weather:Inbox</c>; a relative one lies below the state folder.</summary>
    public required string Inbox { get; init; }

    /// <summary>The first day that arrives by replay; null for no replay. <c>DataEngineX:Weather:Replay</c>, a date or <c>none</c>.</summary>
    public DateOnly? ReplayFrom { get; init; }

    /// <summary>How long a replayed day takes. <c>DataEngineX:Weather:Speed</c>, such as <c>1d=2s</c>.</summary>
    public TimeSpan ReplayDay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether nothing but log lines goes to the terminal. <c>DataEngineX:Weather:Quiet</c>.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Reads the configuration.</summary>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="state">The state folder.</param>
    /// <exception cref="DataEngineXException">A value cannot be read; the message names its key.</exception>
    public static WeatherOptions Read(IConfiguration configuration, StateFolder state)
    {
        var weather = configuration.GetSection("DataEngineX:Weather");
        return new WeatherOptions
        {
            Inbox = Path.GetFullPath(weather["Inbox"] is { Length: > 0 } inbox ? inbox : "inbox", state.Path),
            ReplayFrom = Day(weather["Replay"]),
            ReplayDay = Speed(weather["Speed"] is { Length: > 0 } speed ? speed : "1d=2s"),
            IsQuiet = Flag(weather["Quiet"]),
        };
    }

    private static DateOnly? Day(string? text)
    {
        if (string.IsNullOrEmpty(text) || string.Equals(text, "none", StringComparison.OrdinalIgnoreCase))
            return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new DataEngineXException($"DataEngineX:Weather:Replay is '{text}'; give a day such as 2015-01-01, or none.");
    }

    private static TimeSpan Speed(string text)
    {
        if (text.Split('=') is [var replayed, var real] && Span(replayed) is { } past && Span(real) is { } now
            && past > TimeSpan.Zero && now > TimeSpan.Zero)
        {
            return TimeSpan.FromDays(1) * (now / past);
        }

        throw new DataEngineXException($"DataEngineX:Weather:Speed is '{text}'; write it like 1d=2s, with d, h, m, s or ms.");
    }

    private static TimeSpan? Span(string text)
    {
        var unit = text.TrimStart([.. "0123456789."]);
        if (!double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) || count > 1_000_000)
            return null;
        return unit switch
        {
            "d" => TimeSpan.FromDays(count),
            "h" => TimeSpan.FromHours(count),
            "m" => TimeSpan.FromMinutes(count),
            "s" => TimeSpan.FromSeconds(count),
            "ms" => TimeSpan.FromMilliseconds(count),
            _ => null,
        };
    }

    private static bool Flag(string? text) => string.IsNullOrEmpty(text)
        ? false
        : bool.TryParse(text, out var flag) ? flag : throw new DataEngineXException($"DataEngineX:Weather:Quiet is '{text}'; give true or false.");
}
