using System.Globalization;
using System.Text.Json.Nodes;
using DataEngineX.CrashHost;
using DataEngineX.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WeatherService;

namespace DataEngineX.Integration.Tests.Weather;

/// <summary>Gold published in a database: where one is configured, and whole after a process was killed at any place.</summary>
[Collection(nameof(PreparedWeather))]
public sealed class PublishTests(PreparedWeather prepared)
{
    [Fact]
    public async Task Only_days_that_are_new_or_differ_are_written_where_a_database_is_configured()
    {
        using var folder = new TempFolder();
        var text = $"Data Source={folder.Below("site.db")};Pooling=False";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Weather", text)]).Build();
        await using var weather = new LocalWeather(dex =>
        {
            Assert.False(dex.AddWeatherPublish(new ConfigurationBuilder().Build()));
            Assert.True(dex.AddWeatherPublish(configuration));
        });
        weather.Place("first.csv", Observations.Lines.Take(300));
        await weather.RunToGoldAsync();
        var first = await weather.RunAsync(WeatherPublish.Name);
        weather.Place("second.csv", Observations.Lines.Skip(300).Take(2));
        await weather.RunToGoldAsync();
        var second = await weather.RunAsync(WeatherPublish.Name);

        Assert.Equal((first.Rows.Written + 2, "2"), (second.Rows.Written, second.Version));
        Assert.Contains("insert in sqlite/", weather.Lake.Statistics[^1].Explain, StringComparison.Ordinal);
        Assert.Equal(second.Rows.Written, await CountAsync(folder.Below("site.db")));
    }

    [Fact]
    public async Task The_service_publishes_after_gold_and_tells_where_without_a_connection_string()
    {
        using var folder = new TempFolder();
        await using var service = await WeatherHost.StartAsync(
            folder.Below("state"), "--replay", "none", "--quiet", "true", $"--ConnectionStrings:Weather=Data Source={folder.Below("site.db")};Default Timeout=17");
        JsonNode? run = null;
        await service.UntilAsync("gold is published", async () =>
            (run = (await service.RunsAsync()).FirstOrDefault(r => (string?)r["pipeline"] == WeatherPublish.Name && (string?)r["state"] == "succeeded")) is not null);

        var pipeline = (await service.GetAsync("/api/v1/pipelines"))["items"]!.AsArray().Single(p => (string?)p!["name"] == WeatherPublish.Name)!;
        Assert.Equal(("upsert", $"sqlite/{folder.Below("site.db")}/{WeatherPublish.Table}"), ((string?)pipeline["disposition"], (string?)pipeline["target"]));
        var lineage = (await service.GetAsync($"/api/v1/runs/{run!["id"]}/openlineage")).ToJsonString();
        Assert.Contains("\"sqlite\"", lineage, StringComparison.Ordinal);
        Assert.DoesNotContain("Default Timeout", pipeline.ToJsonString() + run.ToJsonString() + lineage + service.Text, StringComparison.Ordinal);
    }

    /// <summary>What a run passes whose target is a database.</summary>
    public static TheoryData<string> Places() =>
    [
        FailpointNames.RunStarted, FailpointNames.DataFileOpen, FailpointNames.DataFilesWritten, FailpointNames.BeforeTargetCommit, FailpointNames.LogEntryWritten,
        FailpointNames.TargetCommitted,
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_run_after_a_kill_publishes_what_an_undisturbed_one_does(string place)
    {
        using var folder = new TempFolder();
        TempFolder.Copy(prepared.Before(WeatherRuns.Places), folder.Root);
        string[] line = ["run", WeatherRuns.Site];
        using (var process = ChildProcess.Start("DataEngineX.CrashHost.dll", line, ("DataEngineX__Lakehouse", folder.Root), (KillFailpoints.Variable, place)))
            Assert.Equal(137, await process.WaitAsync(TimeSpan.FromSeconds(120)));

        Assert.Equal(0, await WeatherRuns.Build(line, folder.Root, NoFailpoints.Instance).RunDataEngineXAsync(line));

        var host = WeatherRuns.Build([], folder.Root, NoFailpoints.Instance);
        var gold = (await host.Services.GetRequiredService<ITableCatalog>().FindAsync(DatasetId.Table(Layer.Gold, "daily_features")))!;
        long rows = 0;
        await foreach (var batch in gold.ScanAsync(new TableScan { Columns = ["location"] }))
        {
            using (batch)
                rows += batch.Length;
        }

        Assert.Equal(rows, await CountAsync(Path.Combine(folder.Root, WeatherRuns.SiteFile)));
        Assert.Equal(1, await CountAsync(Path.Combine(folder.Root, WeatherRuns.SiteFile), "dataenginex_commits"));
    }

    private static async Task<long> CountAsync(string file, string table = WeatherPublish.Table)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
