namespace DataEngineX.Integration.Tests.Browser;

/// <summary>A service that replays 2015 until some forecasts have met their actuals.</summary>
public sealed class ReplayingWeather : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    internal WeatherHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await WeatherHost.StartAsync(_folder.Root, "--replay", "2015-01-01", "--speed", "1d=2s");
        await Host.UntilAsync(
            "three days have met their forecasts",
            async () => (long?)(await Host.GetAsync("/api/v1/models/next-day-high/performance"))["forecasts"] >= 6);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }
}
