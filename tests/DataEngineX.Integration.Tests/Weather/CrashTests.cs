using DataEngineX.CrashHost;
using DataEngineX.Testing;
using Microsoft.Extensions.Hosting;
using WeatherService;

namespace DataEngineX.Integration.Tests.Weather;

/// <summary>Kills a process of its own in each pipeline at each place, and looks whether a run afterwards gives what no crash would have given.</summary>
public sealed class CrashTests(CrashTests.Prepared prepared) : IClassFixture<CrashTests.Prepared>
{
    private static readonly string[] Chain = [WeatherRaw.Name, WeatherBronze.Name, WeatherSilver.Name, WeatherGold.Name];

    // A second pass of a table's places is the target's, after the quarantine's.
    private static readonly string[] Twice = [FailpointNames.DataFileOpen, FailpointNames.DataFilesWritten, FailpointNames.LogEntryWritten];

    public static TheoryData<string, string> Places()
    {
        var places = new TheoryData<string, string>();
        foreach (var pipeline in Chain)
        {
            foreach (var place in FailpointNames.All)
                places.Add(pipeline, place);
        }

        foreach (var pipeline in (string[])[WeatherBronze.Name, WeatherSilver.Name])
        {
            foreach (var place in Twice)
                places.Add(pipeline, $"{place}:2");
        }

        foreach (var pipeline in (string[])[WeatherRuns.Places, WeatherRuns.Months])
        {
            foreach (var place in FailpointNames.All)
                places.Add(pipeline, place);
        }

        foreach (var place in FailpointNames.All.Where(p => p.StartsWith("run.", StringComparison.Ordinal)))
            places.Add(WeatherTrain.Name, place);
        return places;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_run_after_a_kill_gives_the_rows_and_cursors_of_an_undisturbed_one(string pipeline, string place)
    {
        using var folder = new TempFolder();
        TempFolder.Copy(prepared.Before(pipeline), folder.Root);

        await DieAsync(folder.Root, pipeline, place);
        await RunAsync(folder.Root, pipeline);

        var rows = await WeatherTables.ReadAsync(folder.Root);
        Assert.Equal(await prepared.AfterAsync(pipeline), rows);
        if (pipeline == WeatherSilver.Name)
            Assert.Equal(3, rows["quarantine/weather.silver"].Count);
        if (pipeline == WeatherTrain.Name)
            Assert.Equal(["0000000001.json"], Directory.EnumerateFiles(folder.Below("models", WeatherTrain.Model, "aliases", "champion")).Select(Path.GetFileName));
    }

    public static TheoryData<string> ReplayPlaces() => [.. FailpointNames.All];

    [Theory]
    [MemberData(nameof(ReplayPlaces))]
    public async Task A_replay_after_a_kill_has_run_each_row_set_aside_once(string place)
    {
        using var folder = new TempFolder();
        using var undisturbed = new TempFolder();
        TempFolder.Copy(prepared.Before(WeatherRuns.Months), folder.Root);
        TempFolder.Copy(prepared.Before(WeatherRuns.Months), undisturbed.Root);

        await RunAsync(undisturbed.Root, WeatherSilver.Name, "replay");

        // A replay that died after its commit is over: the next one takes what it set aside anew.
        if (place == FailpointNames.TargetCommitted)
            await RunAsync(undisturbed.Root, WeatherSilver.Name, "replay");
        await DieAsync(folder.Root, WeatherSilver.Name, place, "replay");
        await RunAsync(folder.Root, WeatherSilver.Name, "replay");

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

        await DieAsync(folder.Root, WeatherRuns.Years, place);
        var log = folder.Below("gold", "years", "_delta_log");
        var steps = Directory.EnumerateFiles(log, "*.json").ToDictionary(f => f, File.ReadAllText);
        Assert.InRange(steps.Count, 1, 4);
        await RunAsync(folder.Root, WeatherRuns.Years);

        Assert.Equal(expected, await WeatherTables.ReadAsync(folder.Root));
        Assert.All(steps, s => Assert.Equal(s.Value, File.ReadAllText(s.Key)));
        Assert.Equal(prepared.StepsOfYears, Directory.EnumerateFiles(log, "*.json").Count());
    }

    /// <summary>Runs a pipeline in a process of its own that is killed.</summary>
    private static async Task DieAsync(string state, string pipeline, string place, string verb = "run")
    {
        using var process = ChildProcess.Start(
            "DataEngineX.CrashHost.dll", [verb, pipeline], ("DataEngineX__Lakehouse", state), (KillFailpoints.Variable, place));
        var code = await process.WaitAsync(TimeSpan.FromSeconds(120));
        Assert.True(code == 137, $"The process was not killed but ended with {code}:\n{process.Text}");
    }

    /// <summary>Runs a pipeline in a new host in this process.</summary>
    private static async Task RunAsync(string state, string pipeline, string verb = "run")
    {
        string[] line = [verb, pipeline];
        Assert.Equal(0, await WeatherRuns.Build(line, state, NoFailpoints.Instance).RunDataEngineXAsync(line));
    }

    /// <summary>State folders in which each pipeline has committed once and has work to do again, quarantine included.</summary>
    public sealed class Prepared : IAsyncLifetime
    {
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
                await RunAsync(undisturbed, pipeline);
                _after[pipeline] = rows = await WeatherTables.ReadAsync(undisturbed);
            }

            return rows;
        }

        public async ValueTask InitializeAsync()
        {
            var state = _folder.Below("state");
            Place(state, "first.csv", [.. Observations.Lines.Take(60), "Seattle,2012-09-01,0.0,412.0,5.0,3.0,sun", "Seattle,2012-09-02,0.0,twelve,5.0,3.0,sun"]);
            foreach (var pipeline in (string[])[.. Chain, WeatherRuns.Places, WeatherRuns.Months])
                await RunAsync(state, pipeline);

            TempFolder.Copy(state, Before(WeatherRuns.Years));

            // New days, a correction of a known one, and rows that are set aside by the reader and by the gate.
            Place(state, "second.csv", [.. Observations.Lines.Skip(60).Take(30), "Seattle,2012-01-05,0.0,9.9,1.1,3.0,sun",
                "Seattle,2012-09-03,0.0,12.0,55.0,3.0,sun", ",2012-09-04,0.0,12.0,5.0,3.0,sun", "Seattle,never,0.0,12.0,5.0,3.0,sun"]);
            foreach (var pipeline in (string[])[.. Chain, WeatherRuns.Places, WeatherRuns.Months])
            {
                TempFolder.Copy(state, Before(pipeline));
                await RunAsync(state, pipeline);
            }

            var whole = Before(WeatherTrain.Name);
            Place(whole, "history.csv", Observations.Lines);
            foreach (var pipeline in Chain)
                await RunAsync(whole, pipeline);
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }

        private static void Place(string state, string name, IEnumerable<string> lines)
        {
            var file = Path.Combine(Directory.CreateDirectory(Path.Combine(state, "inbox")).FullName, name);
            File.WriteAllLines(file, ["location,date,precipitation,temp_max,temp_min,wind,weather", .. lines]);
            File.SetLastWriteTimeUtc(file, new DateTime(2016, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }
    }
}
