using DataEngineX.CrashHost;
using WeatherService;

namespace DataEngineX.Integration.Tests.Weather;

/// <summary>State folders in which each pipeline has committed once and has work to do again, quarantine included.</summary>
[CollectionDefinition(nameof(PreparedWeather))]
public sealed class PreparedWeather : IAsyncLifetime, ICollectionFixture<PreparedWeather>
{
    /// <summary>The pipelines from the inbox to gold, in order.</summary>
    private static readonly string[] WeatherChain = [WeatherRaw.Name, WeatherBronze.Name, WeatherSilver.Name, WeatherGold.Name];

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>> _after = new(StringComparer.Ordinal);

    /// <summary>How many commits an undisturbed run of <see cref="WeatherRuns.Years"/> makes.</summary>
    public int StepsOfYears => Directory.EnumerateFiles(_folder.Below($"{WeatherRuns.Years}.after", "gold", "years", "_delta_log"), "*.json").Count();

    public string Before(string pipeline) => _folder.Below(pipeline);

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> AfterAsync(string pipeline)
    {
        if (!_after.TryGetValue(pipeline, out var rows))
        {
            var undisturbed = _folder.Below($"{pipeline}.after");
            TempFolder.Copy(Before(pipeline), undisturbed);
            await Crash.RunAsync(undisturbed, "run", pipeline);
            _after[pipeline] = rows = await WeatherTables.ReadAsync(undisturbed);
        }

        return rows;
    }

    public async ValueTask InitializeAsync()
    {
        var state = _folder.Below("state");
        Place(state, "first.csv", [.. Observations.Lines.Take(60), "Seattle,2012-09-01,0.0,412.0,5.0,3.0,sun", "Seattle,2012-09-02,0.0,twelve,5.0,3.0,sun"]);
        foreach (var pipeline in (string[])[.. WeatherChain, WeatherRuns.Places, WeatherRuns.Months])
            await Crash.RunAsync(state, "run", pipeline);

        TempFolder.Copy(state, Before(WeatherRuns.Years));

        // New days, a correction of a known one, and rows that are set aside by the reader and by the gate.
        Place(state, "second.csv", [.. Observations.Lines.Skip(60).Take(30), "Seattle,2012-01-05,0.0,9.9,1.1,3.0,sun",
            "Seattle,2012-09-03,0.0,12.0,55.0,3.0,sun", ",2012-09-04,0.0,12.0,5.0,3.0,sun", "Seattle,never,0.0,12.0,5.0,3.0,sun"]);
        foreach (var pipeline in (string[])[.. WeatherChain, WeatherRuns.Places, WeatherRuns.Months])
        {
            TempFolder.Copy(state, Before(pipeline));
            await Crash.RunAsync(state, "run", pipeline);
        }

        var whole = Before(WeatherTrain.Name);
        Place(whole, "history.csv", Observations.Lines);
        foreach (var pipeline in WeatherChain)
            await Crash.RunAsync(whole, "run", pipeline);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static void Place(string state, string name, IEnumerable<string> lines)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(state, "inbox")).FullName, name);
        File.WriteAllLines(file, ["location,date,precipitation,temp_max,temp_min,wind,weather", .. lines]);
        File.SetLastWriteTimeUtc(file, new DateTime(2016, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }
}
