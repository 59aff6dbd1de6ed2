namespace DataEngineX.Integration.Tests;

/// <summary>One started service for all tests of a class: the whole history, no replay.</summary>
public sealed class StartedWeather : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    internal WeatherHost Host { get; private set; } = null!;

    internal string State => _folder.Root;

    public async ValueTask InitializeAsync() => Host = await WeatherHost.StartAsync(State, "--replay", "none");

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }
}
