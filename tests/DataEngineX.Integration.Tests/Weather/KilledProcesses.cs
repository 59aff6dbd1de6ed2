using DataEngineX.CrashHost;
using DataEngineX.Sources.Tests.Http;
using WeatherService;

namespace DataEngineX.Integration.Tests.Weather;

/// <summary>Kills the processes of all cases, as many at once as there are cores, and looks at each state folder afterwards.</summary>
public sealed class KilledProcesses(PreparedWeather prepared) : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly SemaphoreSlim _turns = new(Math.Max(2, Environment.ProcessorCount));
    private readonly Dictionary<string, Lazy<Task<View>>> _undisturbed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _cases = new(StringComparer.Ordinal);
    private readonly Loopback _feed = new((_, _) => Answer.Ok("""[{"id": 1, "value": 7}, {"id": 2, "value": 14}]"""));

    /// <summary>What became of a case: its fault, if it had one.</summary>
    public Task OutcomeAsync(string name) => _cases[name];

    public ValueTask InitializeAsync()
    {
        var cases = KillTests.Cases(new KillWorks(prepared, _feed.Address));
        foreach (var work in cases.Select(c => c.Work).DistinctBy(w => w.Name))
            _undisturbed[work.Name] = new Lazy<Task<View>>(() => UndisturbedAsync(work));
        foreach (var (each, number) in cases.Select((c, i) => (c, i)))
            _cases[each.Name] = Task.Run(() => InTurnAsync(each, number));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_cases.Values).ContinueWith(static _ => { }, TaskScheduler.Default);
        await _feed.DisposeAsync();
        _turns.Dispose();
        _folder.Dispose();
    }

    private async Task InTurnAsync(KillCase each, int number)
    {
        await _turns.WaitAsync();
        try
        {
            await KillAsync(each, _folder.Below($"case{number}"));
        }
        finally
        {
            _turns.Release();
        }
    }

    private async Task KillAsync(KillCase each, string state)
    {
        var work = each.Work;
        Directory.CreateDirectory(state);
        await work.PrepareAsync(state);
        if (work.DieBeforeAsync is { } before)
        {
            await before(state);
            await BringAsync(state);
        }

        await Crash.DieAsync(state, each.Place, work.Line);
        var scratch = Path.Combine(state, WeatherRuns.Scratch);
        Assert.Empty(Directory.Exists(scratch) ? Directory.GetFileSystemEntries(scratch) : []);
        await AgainAsync(work, state);

        var expected = await _undisturbed[work.Name].Value;
        var seen = await View.OfAsync(state, work);
        Assert.Equal(expected.Tables, seen.Tables);
        Assert.Equal(expected.Outside, seen.Outside);
        Assert.Equal(expected.Exports, seen.Exports);
        if (work.Pipeline is { } pipeline)
            await MetadataView.CheckAsync(state, pipeline, killed: work.DieBeforeAsync is null ? 1 : 2);

        // Whoever does it once more changes nothing.
        await Crash.RunAsync(state, work.Undisturbed ?? work.Line);
        Assert.Equal(expected.Tables, (await View.OfAsync(state, work)).Tables);
        if (work.IsDoneOnce)
            Assert.Equal(seen.Versions, OutsideView.Versions(state));
    }

    private async Task<View> UndisturbedAsync(KillWork work)
    {
        var state = _folder.Below($"undisturbed {work.Name}");
        Directory.CreateDirectory(state);
        await work.PrepareAsync(state);
        if (work.DieBeforeAsync is not null)
            await BringAsync(state);
        await Crash.RunAsync(state, work.Undisturbed ?? work.Line);
        return await View.OfAsync(state, work);
    }

    private static Task AgainAsync(KillWork work, string state) => work.AgainAsync is { } again ? again(state) : Crash.RunAsync(state, work.Line);

    /// <summary>Brings what is new in the inbox up to the run that is looked at.</summary>
    private static async Task BringAsync(string state)
    {
        await Crash.RunAsync(state, "run", WeatherRaw.Name);
        await Crash.RunAsync(state, "run", WeatherBronze.Name);
    }

    /// <summary>What stands in a state folder, as our reader and as another one sees it.</summary>
    private sealed record View(
        IReadOnlyDictionary<string, IReadOnlyList<string>> Tables,
        IReadOnlyDictionary<string, IReadOnlyList<string>> Outside,
        IReadOnlyDictionary<string, long> Versions,
        IReadOnlyList<string> Exports)
    {
        public static async Task<View> OfAsync(string state, KillWork work) => new(
            Concerning(await WeatherTables.ReadAsync(state), work),
            Concerning(OutsideView.Read(state), work),
            OutsideView.Versions(state),
            [.. Directory.EnumerateFiles(state, "*.csv").SelectMany(File.ReadLines), .. Directory.EnumerateFiles(state, "*.parquet").SelectMany(OutsideView.OfFile)]);

        private static SortedDictionary<string, IReadOnlyList<string>> Concerning(IReadOnlyDictionary<string, IReadOnlyList<string>> all, KillWork work) =>
            new(all.Where(t => work.Concerns(t.Key)).ToDictionary(t => t.Key, t => t.Value), StringComparer.Ordinal);
    }
}
