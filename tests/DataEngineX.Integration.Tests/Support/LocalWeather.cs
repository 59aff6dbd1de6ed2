using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;
using WeatherService;

namespace DataEngineX.Integration.Tests;

/// <summary>The weather pipelines on a lakehouse in memory, fed from a folder.</summary>
internal sealed class LocalWeather : IAsyncDisposable
{
    private static readonly string[] ToGold = [WeatherRaw.Name, WeatherBronze.Name, WeatherSilver.Name, WeatherGold.Name];
    private readonly TempFolder _folder = new();
    private readonly InMemoryLakehouse _lake;

    public LocalWeather(Action<IDataEngineXBuilder>? more = null) => _lake = new InMemoryLakehouse(dex =>
    {
        dex.Services.AddSingleton(new WeatherOptions { Inbox = _folder.Root });
        dex.AddModels();
        dex.AddWeatherPipelines();
        more?.Invoke(dex);
    });

    public InMemoryLakehouse Lake => _lake;

    public void Place(string name, IEnumerable<string> lines)
    {
        var file = _folder.Below(name);
        File.WriteAllLines(file, ["location,date,precipitation,temp_max,temp_min,wind,weather", .. lines]);
        File.SetLastWriteTimeUtc(file, new DateTime(2016, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }

    public async Task RunToGoldAsync()
    {
        foreach (var pipeline in ToGold)
            await RunAsync(pipeline);
    }

    public async Task<RunRecord> RunAsync(string pipeline)
    {
        var run = await _lake.RunAsync(pipeline);
        Assert.True(run.State == RunState.Succeeded, $"{pipeline}: {run.Error}");
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        await _lake.DisposeAsync();
        _folder.Dispose();
    }
}
