using DataEngineX.Sources.Tests.Http;
using DataEngineX.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WeatherService;

namespace DataEngineX.Integration.Tests.Weather;

/// <summary>The live pipelines on a lakehouse in memory, before a server of the test's.</summary>
internal sealed class LiveWeather : IAsyncDisposable
{
    private readonly Loopback _server;

    internal LiveWeather(string source, Func<string, int, Answer> answer, string? key = null)
    {
        _server = new Loopback(answer);
        Live = LiveOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{LiveOptions.Section}:Source"] = source,
            [$"{LiveOptions.Section}:Key"] = key,
            [$"{LiveOptions.Section}:Address"] = _server.Address.ToString(),
            [$"{LiveOptions.Section}:Places:0:Name"] = "Seattle",
            [$"{LiveOptions.Section}:Places:0:Latitude"] = "47.6062",
            [$"{LiveOptions.Section}:Places:0:Longitude"] = "-122.3321",
            [$"{LiveOptions.Section}:Timeout"] = "1",
            [$"{LiveOptions.Section}:RetryDelay"] = "0.01",
        }).Build());
        Lake = new InMemoryLakehouse(dex => dex.AddLivePipelines(Live));
    }

    internal static IReadOnlyList<string> Pipelines { get; } = [LiveRaw.Name, LiveBronze.Name, LiveSilver.Name, LiveGold.Name];

    internal LiveOptions Live { get; }

    internal InMemoryLakehouse Lake { get; }

    internal IReadOnlyList<string> Requests => _server.Requests;

    internal DateOnly Tomorrow => DateOnly.FromDateTime(Lake.Clock.GetUtcNow().AddHours(-8).UtcDateTime).AddDays(1);

    /// <summary>Runs the pipelines one after the other, as the host does, until one fails.</summary>
    /// <returns>The last run made.</returns>
    internal async Task<RunRecord> RunAsync()
    {
        RunRecord? last = null;
        foreach (var pipeline in Pipelines)
        {
            last = await Lake.RunAsync(pipeline);
            if (last.State != RunState.Succeeded)
                break;
        }

        return last!;
    }

    /// <summary>The objects of raw, as their manifest names them.</summary>
    internal async Task<IReadOnlyList<RawRow>> RawAsync() => await Lake.ReadAsync<RawRow>(Layer.Raw, Live.Table);

    internal sealed record RawRow(string Path, string Source, string Digest, long Size, DateTimeOffset Time);

    internal async Task<LiveAnswer> AnswerAsync() => (await Lake.Services.GetRequiredService<LiveForecastReader>().FindAsync("seattle"))!;

    public async ValueTask DisposeAsync()
    {
        await Lake.DisposeAsync();
        await _server.DisposeAsync();
    }
}
