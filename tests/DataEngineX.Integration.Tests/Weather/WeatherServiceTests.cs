using System.Net;
using DataEngineX.AspNetCore.Tests;
using DuckDB.NET.Data;

namespace DataEngineX.Integration.Tests.Weather;

/// <summary>One started service, asked and fed over its face. Each test uses days or cities of its own.</summary>
public sealed class WeatherServiceTests(StartedWeather started) : IClassFixture<StartedWeather>
{
    private WeatherHost Host => started.Host;

    [Fact]
    public async Task History_becomes_a_served_forecast()
    {
        var forecast = await Host.GetAsync("/api/v1/forecast?location=seattle");

        Assert.Equal("Seattle", (string?)forecast["location"]);
        Assert.Equal("2016-01-01", (string?)forecast["forDate"]);
        Assert.InRange((double)forecast["temperatureMaxC"]!, -20, 40);
        Assert.Equal("next-day-high", (string?)forecast["model"]!["name"]);
        Assert.Equal(5.6, (double)forecast["baselines"]!["persistence"]!);
        Assert.InRange((double)forecast["baselines"]!["climatology"]!, -20, 40);
        Assert.Equal("gold/daily_features", (string?)forecast["data"]!["dataset"]);
        foreach (var pipeline in (string[])["raw", "bronze", "silver", "gold", "train", "forecast"])
            Assert.Contains(await Host.RunsAsync(), r => (string?)r["pipeline"] == $"weather.{pipeline}" && (string?)r["state"] == "succeeded");
    }

    [Fact]
    public async Task The_real_tomorrow_comes_from_the_live_source_and_its_key_goes_nowhere_else()
    {
        await Host.UntilAsync("the live source has answered", async () => await Host.StatusAsync("/api/v1/forecast/live?location=Seattle") == HttpStatusCode.OK);
        var live = await Host.GetAsync("/api/v1/forecast/live?location=seattle");
        var tomorrow = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddHours(-8).UtcDateTime).AddDays(1);

        Assert.Equal(("openweathermap", "Seattle", true, 12.5), ((string?)live["source"], (string?)live["location"], (bool)live["isCurrent"]!, (double)live["temperatureMaxC"]!));
        Assert.InRange(DateOnly.Parse((string)live["forDate"]!, System.Globalization.CultureInfo.InvariantCulture), tomorrow.AddDays(-1), tomorrow);
        Assert.Equal(3.5, (double)(await Host.GetAsync("/api/v1/forecast?location=New York"))["live"]!["temperatureMaxC"]!);
        Assert.Equal(HttpStatusCode.NotFound, await Host.StatusAsync("/api/v1/forecast/live?location=Atlantis"));
        Assert.Equal(HttpStatusCode.BadRequest, await Host.StatusAsync("/api/v1/forecast/live"));
        Assert.DoesNotContain(StartedWeather.LiveKey, Host.Text, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(started.State, "*", SearchOption.AllDirectories).Where(f => !f.Contains("metadata.db", StringComparison.Ordinal)))
            Assert.DoesNotContain(StartedWeather.LiveKey, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_run_is_told_in_events_that_fit_the_published_schemas()
    {
        var checks = 0;
        foreach (var run in await Host.RunsAsync())
        {
            var events = await Host.GetAsync($"/api/v1/runs/{run["id"]}/openlineage");
            using var document = System.Text.Json.JsonDocument.Parse(events.ToJsonString());
            OpenLineageSchemas.Check(document.RootElement);
            Assert.Equal("START", document.RootElement[0].GetProperty("eventType").GetString());
            checks += document.RootElement.GetArrayLength() > 2 ? 1 : 0;
        }

        Assert.True(checks > 0, "No run of the service had a gate.");
    }

    [Theory]
    [InlineData("/api/v1/forecast", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/forecast?location=Atlantis", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/forecast?location=..%2F..%2Fetc%2Fpasswd", HttpStatusCode.NotFound)]
    public async Task A_location_that_cannot_be_answered_is_named(string path, HttpStatusCode expected)
    {
        Assert.Equal(expected, await Host.StatusAsync(path));
        var problem = await Host.GetAsync(path);
        Assert.NotNull(problem["errors"]!["location"]);
        Assert.DoesNotContain(started.State, problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/datasets/silver/..%2F..%2Fmetadata.db")]
    [InlineData("/api/v1/datasets/..%2Fsilver/observations")]
    [InlineData("/api/v1/datasets/silver/%2Fetc%2Fpasswd/quality")]
    [InlineData("/api/v1/lineage/silver/..%5C..%5Cmodels")]
    public async Task Dataset_names_cannot_leave_the_state_folder(string path)
    {
        var status = await Host.StatusAsync(path);
        Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, $"{path} was answered with {status}.");
    }

    [Fact]
    public async Task Bad_rows_stand_in_quarantine_with_their_place_and_the_good_ones_land()
    {
        Host.Drop("portland.csv", """
            location,date,precipitation,temp_max,temp_min,wind,weather
            Portland,2015-03-01,0.0,12.0,5.0,3.0,sun
            Portland,2015-03-02,0.0,412.0,5.0,3.0,sun
            Portland,,0.0,12.0,5.0,3.0,sun
            Portland,2015-03-04,0.0,twelve,5.0,3.0,sun
            Portland,2015-03-05,0.0,12.0,5.0,3.0,sun
            Portland,2015-03-05,0.0,13.0,5.0,3.0,sun
            Portland,2015-03-06,0.0,12.0,5.0,3.0,hail

            """);
        await Host.UntilAsync("the rows of Portland are in silver", async () => (await Host.RunsAsync())
            .Any(r => (string?)r["pipeline"] == "weather.silver" && (long?)r["rows"]!["quarantined"] == 5));
        await Host.UntilIdleAsync();

        var rows = Query(
            $"SELECT file, line, \"column\", value, rule FROM read_parquet({Files("quarantine/weather.silver")}) WHERE file = 'portland.csv'",
            $"SELECT file, line, \"column\", value, rule FROM read_parquet({Files("quarantine/weather.bronze")}) WHERE file = 'portland.csv'");
        Assert.Equal([3, 4, 5, 6, 7, 8], rows.Select(r => (long)r[1]!).Order());
        Assert.Contains(rows, r => (long)r[1]! == 3 && (string?)r[2] == "temp_max" && (string?)r[3] == "412");
        Assert.Contains(rows, r => (long)r[1]! == 4 && (string?)r[2] == "date" && r[3] is null);
        Assert.Contains(rows, r => (long)r[1]! == 5 && (string?)r[2] == "temp_max" && (string?)r[3] == "twelve");
        Assert.Contains(rows, r => (long)r[1]! == 8 && (string?)r[2] == "weather" && (string?)r[3] == "hail");
        Assert.All(rows, r => Assert.False(string.IsNullOrEmpty((string?)r[4])));
        Assert.Equal([[1L]], Query($"SELECT count(*) FROM read_parquet({Files("silver/observations")}) WHERE location = 'Portland'"));
        foreach (var run in await Host.RunsAsync())
        {
            var account = run["rows"]!;
            Assert.Equal(
                (long)account["read"]! + (long)account["generated"]!,
                (long)account["written"]! + (long)account["filtered"]! + (long)account["quarantined"]!);
        }
    }

    [Fact]
    public async Task Worthless_files_are_refused_whole_and_others_go_on()
    {
        var noise = new byte[4_096];
        new Random(3).NextBytes(noise);
        Host.Drop("noise.csv", noise);
        Host.Drop("cut.csv", "location,date,precipitation,temp_max,temp_min,wind,weather\nBoise,2015-03-01,0.0,12.0,5.0,3.0,sun\nBoise,2015-03-02,0.0");
        Host.Drop("whole.csv", "location,date,precipitation,temp_max,temp_min,wind,weather\nBend,2015-03-01,0.0,12.0,5.0,3.0,sun\n");

        foreach (var file in (string[])["noise.csv", "cut.csv"])
        {
            await Host.UntilAsync($"a failed run tells of {file}", async () => (await Host.RunsAsync())
                .Any(r => (string?)r["state"] == "failed" && ((string?)r["error"])!.Contains(file, StringComparison.Ordinal)));
        }

        await Host.UntilAsync("the whole file is in silver", () => Task.FromResult(
            (long)Query($"SELECT count(*) FROM read_parquet({Files("silver/observations")}) WHERE location = 'Bend'")[0][0]! == 1));
        Assert.Equal([[0L]], Query($"SELECT count(*) FROM read_parquet({Files("bronze/observations")}) WHERE location = 'Boise'"));
        Assert.Equal(HttpStatusCode.OK, await Host.StatusAsync("/health/ready"));
    }

    [Theory]
    [InlineData("raw", "weather")]
    [InlineData("bronze", "observations")]
    [InlineData("silver", "observations")]
    [InlineData("gold", "daily_features")]
    [InlineData("gold", "forecasts")]
    public async Task Another_engine_finds_in_the_tables_what_the_service_tells(string layer, string name)
    {
        await Host.UntilIdleAsync();
        var told = await Host.GetAsync($"/api/v1/datasets/{layer}/{name}");
        Assert.Equal([[(long)told["rows"]!]], Query($"SELECT count(*) FROM read_parquet({Files($"{layer}/{name}")})"));
    }

    [Fact]
    public async Task The_forecast_is_described_like_the_other_routes()
    {
        var document = await Host.GetAsync("/openapi/v1.json");
        var operation = document["paths"]!["/api/v1/forecast"]!["get"]!;
        Assert.Equal("GetForecast", (string?)operation["operationId"]);
        Assert.Equal(["200", "400", "401", "403", "404", "503"], operation["responses"]!.AsObject().Select(r => r.Key).Order(StringComparer.Ordinal));
    }

    private string Files(string table) => JsonArray(DeltaLog.Files(Path.Combine(started.State, table)));

    private static string JsonArray(IEnumerable<string> files) => $"[{string.Join(", ", files.Select(f => $"'{f}'"))}]";

    private static List<object?[]> Query(params ReadOnlySpan<string> statements)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        var rows = new List<object?[]>();
        foreach (var statement in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            using var reader = command.ExecuteReader();
            while (reader.Read())
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        }

        return rows;
    }
}
