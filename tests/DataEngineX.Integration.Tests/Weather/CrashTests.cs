using DataEngineX.CrashHost;
using WeatherService;

namespace DataEngineX.Integration.Tests.Weather;

/// <summary>Kills a process of its own in each pipeline at each place, and looks whether a run afterwards gives what no crash would have given.</summary>
[Collection(nameof(PreparedWeather))]
public sealed class CrashTests(PreparedWeather prepared)
{
    private static readonly string[] Chain = [WeatherRaw.Name, WeatherBronze.Name, WeatherSilver.Name, WeatherGold.Name];

    // A second pass of a table's places is the target's, after the quarantine's.
    private static readonly string[] Twice = [FailpointNames.DataFileOpen, FailpointNames.DataFilesWritten, FailpointNames.LogEntryWritten];

    /// <summary>What every run with a quarantine passes; the places that few runs pass are those of <see cref="KillTests"/>.</summary>
    private static readonly string[] Everywhere =
    [
        FailpointNames.RunStarted, FailpointNames.DataFileOpen, FailpointNames.DataFilesWritten, FailpointNames.QuarantineCommitted, FailpointNames.BeforeTargetCommit,
        FailpointNames.LogEntryWritten, FailpointNames.TargetCommitted,
    ];

    public static TheoryData<string, string> Places()
    {
        var places = new TheoryData<string, string>();
        foreach (var pipeline in Chain)
        {
            foreach (var place in Everywhere)
                places.Add(pipeline, place);
        }

        foreach (var pipeline in (string[])[WeatherBronze.Name, WeatherSilver.Name])
        {
            foreach (var place in Twice)
                places.Add(pipeline, $"{place}:2");
        }

        foreach (var pipeline in (string[])[WeatherRuns.Places, WeatherRuns.Months])
        {
            foreach (var place in Everywhere)
                places.Add(pipeline, place);
        }

        foreach (var place in Everywhere.Where(p => p.StartsWith("run.", StringComparison.Ordinal)))
            places.Add(WeatherTrain.Name, place);
        return places;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_run_after_a_kill_gives_the_rows_and_cursors_of_an_undisturbed_one(string pipeline, string place)
    {
        using var folder = new TempFolder();
        TempFolder.Copy(prepared.Before(pipeline), folder.Root);

        await Crash.DieAsync(folder.Root, place, "run", pipeline);
        await Crash.RunAsync(folder.Root, "run", pipeline);

        var rows = await WeatherTables.ReadAsync(folder.Root);
        Assert.Equal(await prepared.AfterAsync(pipeline), rows);
        if (pipeline == WeatherSilver.Name)
            Assert.Equal(3, rows["quarantine/weather.silver"].Count);
        if (pipeline == WeatherTrain.Name)
            Assert.Equal(["0000000001.json"], Directory.EnumerateFiles(folder.Below("models", WeatherTrain.Model, "aliases", "champion")).Select(Path.GetFileName));
    }

    public static TheoryData<string> ReplayPlaces() => [.. Everywhere];

    [Theory]
    [MemberData(nameof(ReplayPlaces))]
    public async Task A_replay_after_a_kill_has_run_each_row_set_aside_once(string place)
    {
        using var folder = new TempFolder();
        using var undisturbed = new TempFolder();
        TempFolder.Copy(prepared.Before(WeatherRuns.Months), folder.Root);
        TempFolder.Copy(prepared.Before(WeatherRuns.Months), undisturbed.Root);

        await Crash.RunAsync(undisturbed.Root, "replay", WeatherSilver.Name);

        // A replay that died after its commit is over: the next one takes what it set aside anew.
        if (place == FailpointNames.TargetCommitted)
            await Crash.RunAsync(undisturbed.Root, "replay", WeatherSilver.Name);
        await Crash.DieAsync(folder.Root, place, "replay", WeatherSilver.Name);
        await Crash.RunAsync(folder.Root, "replay", WeatherSilver.Name);

        Assert.Equal(await WeatherTables.ReadAsync(undisturbed.Root), await WeatherTables.ReadAsync(folder.Root));
    }

    [Theory]
    [InlineData(FailpointNames.RunStarted + ":3")]
    [InlineData(FailpointNames.DataFilesWritten + ":2")]
    [InlineData(FailpointNames.BeforeTargetCommit + ":5")]
    [InlineData(FailpointNames.LogEntryWritten + ":4")]
    [InlineData(FailpointNames.TargetCommitted + ":3")]
    public async Task A_long_run_that_was_killed_is_taken_up_after_its_last_step(string place)
    {
        using var folder = new TempFolder();
        TempFolder.Copy(prepared.Before(WeatherRuns.Years), folder.Root);
        var expected = await prepared.AfterAsync(WeatherRuns.Years);

        await Crash.DieAsync(folder.Root, place, "run", WeatherRuns.Years);
        var log = folder.Below("gold", "years", "_delta_log");
        var steps = Directory.EnumerateFiles(log, "*.json").ToDictionary(f => f, File.ReadAllText);
        Assert.InRange(steps.Count, 1, 4);
        await Crash.RunAsync(folder.Root, "run", WeatherRuns.Years);

        Assert.Equal(expected, await WeatherTables.ReadAsync(folder.Root));
        Assert.All(steps, s => Assert.Equal(s.Value, File.ReadAllText(s.Key)));
        Assert.Equal(prepared.StepsOfYears, Directory.EnumerateFiles(log, "*.json").Count());
    }
}
