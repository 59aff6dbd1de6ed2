using DataEngineX.Integration.Tests.Weather;
using DataEngineX.Sources.Tests.Http;

namespace DataEngineX.Integration.Tests;

/// <summary>One started service for all tests of a class: the whole history, no replay, and a live source of the tests' own.</summary>
public sealed class StartedWeather : IAsyncLifetime
{
    internal const string LiveKey = "l1ve-k3y";

    private readonly TempFolder _folder = new();
    private readonly Loopback _live = new((path, _) => path.Contains("lat=47.6", StringComparison.Ordinal)
        ? Answer.Ok(LiveAnswers.OpenWeatherMap(new DateTimeOffset(TimeProvider.System.GetUtcNow().Date.AddDays(-1), TimeSpan.Zero), _ => 12.5, -28_800))
        : Answer.Ok(LiveAnswers.OpenWeatherMap(new DateTimeOffset(TimeProvider.System.GetUtcNow().Date.AddDays(-1), TimeSpan.Zero), _ => 3.5, -18_000)));

    internal WeatherHost Host { get; private set; } = null!;

    internal string State => _folder.Root;

    public async ValueTask InitializeAsync() => Host = await WeatherHost.StartAsync(
        State, "--replay", "none", "--DataEngineX:Weather:Live:Source=openweathermap", $"--DataEngineX:Weather:Live:Key={LiveKey}", $"--DataEngineX:Weather:Live:Address={_live.Address}");

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _live.DisposeAsync();
        _folder.Dispose();
    }
}
