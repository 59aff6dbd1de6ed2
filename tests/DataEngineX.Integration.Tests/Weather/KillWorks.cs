using System.Globalization;
using DataEngineX.CrashHost;
using DataEngineX.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using WeatherService;

namespace DataEngineX.Integration.Tests.Weather;

/// <summary>What processes are killed at: runs, a schedule, backfills, and work on a table by hand.</summary>
internal sealed class KillWorks(PreparedWeather prepared, Uri feed)
{
    private const string Things = "things";
    private static readonly string[] Budget = [$"--{WeatherRuns.Budget}", "16777216"];

    public KillWork Raw => Run(WeatherRaw.Name);

    public KillWork Bronze => Run(WeatherBronze.Name);

    public KillWork Silver => Run(WeatherSilver.Name);

    public KillWork Months => Run(WeatherRuns.Months);

    public KillWork Years => Run(WeatherRuns.Years);

    public KillWork Numbers => Run(WeatherRuns.Numbers, _ => Task.CompletedTask);

    public KillWork Export => Run(WeatherRuns.Export, Copied(WeatherRuns.Months));

    public KillWork Archive => Run(WeatherRuns.Archive, Copied(WeatherRuns.Months));

    /// <summary>A read of a database.</summary>
    public KillWork Rows => Run(WeatherRuns.Rows, FillDatabaseAsync) with { IsDoneOnce = false, Concerns = IsNoCursor };

    /// <summary>A read of what a server answers.</summary>
    public KillWork Pages => Run(WeatherRuns.Pages, _ => Task.CompletedTask, $"--{WeatherRuns.Address}", new Uri(feed, "things").ToString()) with { IsDoneOnce = false, Concerns = IsNoCursor };

    /// <summary>A run that finds a quarantine commit of another one, which died before its target's, and rows that this one did not know.</summary>
    public KillWork Successor => Silver with
    {
        Name = "silver after another died",
        PrepareAsync = async state =>
        {
            await Copied(WeatherSilver.Name)(state);
            PreparedWeather.Place(state, "third.csv", ["Seattle,2012-09-05,0.0,12.0,55.0,3.0,sun", "Seattle,2012-09-06,0.0,12.0,5.0,3.0,sun"]);
        },
        DieBeforeAsync = state => Crash.DieAsync(state, FailpointNames.QuarantineCommitted, "run", WeatherSilver.Name),
        AgainAsync = state => Crash.RunAsync(state, "run", WeatherSilver.Name),
    };

    /// <summary>A backfill from the command line.</summary>
    public KillWork Backfill => Months with { Name = "backfill", Line = Quarter };

    /// <summary>A backfill in the background of a host; another host takes it up.</summary>
    public KillWork Order => Months with
    {
        Name = "order",
        Line = ["order", WeatherRuns.Months, "2012-01", "2012-03"],
        Undisturbed = Quarter,
        AgainAsync = state => ServeAsync(state, [], async services =>
            await services.GetRequiredService<IBackfills>().ListAsync() is [{ State: not RunState.Running }]),
    };

    /// <summary>A host that finds a slot due when it starts; the one after it must make the run, for the next slot is that of tomorrow.</summary>
    public KillWork Slot
    {
        get
        {
            // After the runs that made the state folder: one that began later would have done what the slot stands for.
            var due = DateTime.UtcNow.AddSeconds(1);
            var cron = string.Create(CultureInfo.InvariantCulture, $"{due.Second} {due.Minute} {due.Hour} * * *");
            string[] line = [$"--{WeatherRuns.Scheduled}", WeatherSilver.Name, $"--{WeatherRuns.Cron}", cron];
            return Silver with
            {
                Name = "slot",
                Line = line,
                Undisturbed = ["run", WeatherSilver.Name],
                PrepareAsync = async state =>
                {
                    await Copied(WeatherSilver.Name)(state);
                    using var metadata = new SqliteMetadataStore(Path.Combine(state, SqliteMetadataStore.FileName));
                    foreach (var zone in (string[])["Etc/UTC", "UTC"])
                        await metadata.TrySetValueAsync($"schedule-seen/{WeatherSilver.Name}|{cron}|{zone}", $"{due.AddHours(-3).Ticks}", null);
                },
                AgainAsync = state => ServeAsync(state, line, async services =>
                    (await services.GetRequiredService<IMetadataStore>().ListRunsAsync(new RunQuery { Pipeline = WeatherSilver.Name, State = RunState.Succeeded }))
                        .Any(r => r.Trigger == "schedule")),
                Concerns = static table => table.Contains("silver", StringComparison.Ordinal),
            };
        }
    }

    public KillWork Append => Chore("append", ["append", "5"], Appended);

    public KillWork Race => Chore("race", ["race"], Appended);

    public KillWork Compact => Chore("compact", ["compact"], Appended);

    public KillWork Restore => Chore("restore", ["restore", "1"], Appended);

    public KillWork Vacuum => Chore("vacuum", ["vacuum"], [.. Appended, ["compact"]]);

    public KillWork Delete => Chore("delete", ["delete"], [.. Appended, ["set", "delta.enableDeletionVectors", "true"]]);

    public KillWork Merge => Chore("merge", ["merge", .. Budget], [.. Appended, ["set", "delta.enableChangeDataFeed", "true"]]) with { IsDoneOnce = false };

    /// <summary>An append that is due for a checkpoint, on a log of which much is old enough to go.</summary>
    public KillWork Checkpoint
    {
        get
        {
            var work = Chore("checkpoint", ["append", "6"], [["append", "1"], ["set", "delta.checkpointInterval", "2"], ["append", "2", "3", "4"]]);
            return work with
            {
                PrepareAsync = async state =>
                {
                    await work.PrepareAsync(state);
                    foreach (var file in Directory.EnumerateFiles(Path.Combine(state, "silver", Things, "_delta_log")))
                        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-60));
                    await Crash.RunAsync(state, "chore", "append", "5");
                },
            };
        }
    }

    /// <summary>What is read in full from a source without versions has the time of the read for a cursor.</summary>
    private static bool IsNoCursor(string table) => !table.EndsWith(" cursors", StringComparison.Ordinal);

    private static string[][] Appended => [["append", "1"], ["append", "2"], ["append", "3"], ["append", "4"]];

    private static string[] Quarter => ["backfill", WeatherRuns.Months, "--from", "2012-01", "--to", "2012-03"];

    private KillWork Run(string pipeline) => Run(pipeline, Copied(pipeline));

    private static KillWork Run(string pipeline, Func<string, Task> prepare, params string[] configuration) =>
        new(pipeline, ["run", pipeline, .. configuration], prepare) { Pipeline = pipeline };

    private static KillWork Chore(string name, string[] line, params string[][] before) => new(name, ["chore", .. line], async state =>
    {
        foreach (var chore in before)
            await Crash.RunAsync(state, ["chore", .. chore]);
    });

    private Func<string, Task> Copied(string pipeline) => state =>
    {
        TempFolder.Copy(prepared.Before(pipeline), state);
        return Task.CompletedTask;
    };

    private static Task FillDatabaseAsync(string state)
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(state, WeatherRuns.RowsFile)};Pooling=False");
        database.Open();
        using var fill = database.CreateCommand();
        fill.CommandText = "CREATE TABLE things (id INTEGER NOT NULL, value INTEGER NOT NULL); INSERT INTO things VALUES (1, 7), (2, 14), (3, 21)";
        fill.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    private static async Task ServeAsync(string state, string[] line, Func<IServiceProvider, Task<bool>> isDone)
    {
        using var host = WeatherRuns.Build(line, state, NoFailpoints.Instance);
        await host.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!await isDone(host.Services))
            await Task.Delay(100, patience.Token);
        await host.StopAsync();
    }
}
