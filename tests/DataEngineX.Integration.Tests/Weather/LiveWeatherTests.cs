using DataEngineX.Pipelines;
using DataEngineX.Sources.Tests.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WeatherService;

namespace DataEngineX.Integration.Tests.Weather;

/// <summary>Live sources as they answer, and as they do when something is wrong.</summary>
public class LiveWeatherTests
{
    private const string Key = "s3cret-k3y";

    [Fact]
    public async Task Open_Meteo_tells_the_real_tomorrow_of_a_place_by_its_own_calendar()
    {
        LiveWeather? weather = null;
        await using var live = weather = new LiveWeather("open-meteo", (_, _) => Answer.Ok(LiveAnswers.OpenMeteo(weather!.Tomorrow.AddDays(-1), [7.1, 8.25, 9.5])));
        Assert.Equal("open-meteo has not been asked yet.", (await live.AnswerAsync()).Reason);

        // Clocks know tenths of microseconds, which columns do not.
        var received = live.Lake.Clock.GetUtcNow();
        live.Lake.Clock.Advance(TimeSpan.FromTicks(7));
        var run = await live.RunAsync();

        Assert.Equal((RunState.Succeeded, null, 3), (run.State, run.Error, run.Rows.Written));
        Assert.Equal(
            "/v1/forecast?latitude=47.6062&longitude=-122.3321&daily=temperature_2m_max&temperature_unit=celsius&timezone=auto&forecast_days=3", Assert.Single(live.Requests));
        Assert.Equal(new LiveAnswer("open-meteo", "Seattle", true, live.Tomorrow, 8.25, received, null), await live.AnswerAsync());
    }

    [Fact]
    public async Task OpenWeatherMap_tells_steps_of_which_a_whole_day_makes_a_high()
    {
        LiveWeather? weather = null;
        await using var live = weather = new LiveWeather("openweathermap", (_, _) => Answer.Ok(LiveAnswers.OpenWeatherMap(
            new DateTimeOffset(weather!.Tomorrow.AddDays(-1).ToDateTime(new TimeOnly(21, 0)), TimeSpan.Zero), t => t.AddHours(-8).Day + (t.AddHours(-8).Hour / 100.0), -28_800)), Key);
        var run = await live.RunAsync();

        // From 13 o'clock of the first day on: four whole days, and parts of the first and the last.
        Assert.Equal((RunState.Succeeded, null, 4), (run.State, run.Error, run.Rows.Written));
        Assert.Equal($"/data/2.5/forecast?lat=47.6062&lon=-122.3321&units=metric&appid={Key}", Assert.Single(live.Requests));
        Assert.Equal((true, live.Tomorrow, live.Tomorrow.Day + 0.22), ((await live.AnswerAsync()).IsCurrent, (await live.AnswerAsync()).ForDate, (await live.AnswerAsync()).TemperatureMaxC));
    }

    [Theory]
    [InlineData(429, "{\"error\":true,\"reason\":\"Minutely API request limit exceeded.\"}", "Retry-After: 1")]
    [InlineData(500, "")]
    [InlineData(503, "<html>down</html>")]
    public async Task A_fault_that_passes_is_waited_out(int status, string body, params string[] headers)
    {
        LiveWeather? weather = null;
        await using var live = weather = new LiveWeather("open-meteo", (_, before) => before == 0
            ? new Answer(status, body) { Headers = headers }
            : Answer.Ok(LiveAnswers.OpenMeteo(weather!.Tomorrow, [8])));

        Assert.Equal(RunState.Succeeded, (await live.RunAsync()).State);
        Assert.Equal(2, live.Requests.Count);
        Assert.True((await live.AnswerAsync()).IsCurrent);
    }

    [Fact]
    public async Task A_key_is_sent_with_each_attempt_and_written_nowhere()
    {
        await using var live = new LiveWeather("openweathermap", (_, _) => new Answer(500, ""), Key);
        var run = await live.RunAsync();

        Assert.Equal((RunState.Failed, 4), (run.State, live.Requests.Count));
        Assert.All(live.Requests, r => Assert.EndsWith($"&units=metric&appid={Key}", r, StringComparison.Ordinal));
        var answer = await live.AnswerAsync();
        Assert.Contains("answered 500 InternalServerError after 4 attempts", answer.Reason, StringComparison.Ordinal);
        var plan = await live.Lake.Services.GetRequiredService<IPipelineRunner>().PlanAsync(LiveRaw.Name);
        Assert.All([run.Error!, run.ToString(), answer.Reason!, plan.ToString()], t => Assert.DoesNotContain(Key, t, StringComparison.Ordinal));
        Assert.DoesNotContain(Key, live.Live.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openweathermap", 401, "{\"cod\":401, \"message\": \"Invalid API key.\"}", "answered 401 Unauthorized")]
    [InlineData("open-meteo", 400, "{\"error\":true,\"reason\":\"Cannot initialize\"}", "answered 400 BadRequest")]
    [InlineData("open-meteo", 429, "", "answered 429 TooManyRequests and asks to wait 3600 s", "Retry-After: 3600")]
    [InlineData("open-meteo", 302, "", "redirects are not followed", "Location: http://127.0.0.1:1/elsewhere")]
    public async Task A_refusal_is_kept_in_no_part_and_told(string source, int status, string body, string reason, params string[] headers)
    {
        await using var live = new LiveWeather(source, (_, _) => new Answer(status, body) { Headers = headers }, source == "openweathermap" ? Key : null);
        var run = await live.RunAsync();

        Assert.Equal((LiveRaw.Name, RunState.Failed, false), (run.Pipeline, run.State, run.Published));
        Assert.Single(live.Requests);
        Assert.Contains(reason, run.Error, StringComparison.OrdinalIgnoreCase);
        var answer = await live.AnswerAsync();
        Assert.Equal((false, null, $"{source} could not be asked: {run.Error}"), (answer.IsCurrent, answer.TemperatureMaxC, answer.Reason));
    }

    [Theory]
    [InlineData("open-meteo", "{\"daily\":{\"time\":[\"2015-", "cut off")]
    [InlineData("open-meteo", "", "empty")]
    [InlineData("open-meteo", "<html>down</html>", "")]
    [InlineData("open-meteo", "{}", "not_null of day, not_null of high")]
    [InlineData("open-meteo", "{\"utc_offset_seconds\":0,\"daily_units\":{\"temperature_2m_max\":\"°C\"},\"daily\":{\"time\":[\"2015-01-02\"],\"temperature_2m_max\":[\"warm\"]}}", "quarantine/weather.live.bronze")]
    [InlineData("open-meteo", "{\"utc_offset_seconds\":0,\"daily_units\":{\"temperature_2m_max\":\"°C\"},\"daily\":{\"time\":[],\"temperature_2m_max\":[]}}", "an answer has days")]
    [InlineData("openweathermap", "{\"cod\":\"200\",\"list\":[],\"city\":{\"timezone\":0}}", "an answer has steps")]
    [InlineData("openweathermap", "{\"cod\":\"200\",\"list\":[{\"dt\":1420070400,\"main\":{\"temp_max\":5}}],\"city\":{}}", "not_null of utc_offset_seconds")]
    [InlineData("openweathermap", "{\"cod\":\"200\",\"list\":[{\"main\":{\"temp_max\":5}}],\"city\":{\"timezone\":0}}", "not_null of for_date")]
    [InlineData("openweathermap", "{\"cod\":\"200\",\"list\":[{\"dt\":1420070400}],\"city\":{\"timezone\":0}}", "not_null of temperature_max_c")]
    [InlineData("open-meteo", "{\"utc_offset_seconds\":0,\"daily_units\":{\"temperature_2m_max\":\"°C\"},\"daily\":{\"time\":[\"2015-01-02\"]}}", "not_null of high")]
    [InlineData("open-meteo", "{\"utc_offset_seconds\":0,\"daily_units\":{\"temperature_2m_max\":\"°C\"},\"daily\":{\"time\":[\"2015-01-02\",\"2015-01-03\"],\"temperature_2m_max\":[1]}}", "each day has a value")]
    [InlineData("open-meteo", "{\"utc_offset_seconds\":0,\"daily_units\":{\"temperature_2m_max\":\"°F\"},\"daily\":{\"time\":[\"2015-01-02\"],\"temperature_2m_max\":[46.9]}}", "of unit")]
    [InlineData("open-meteo", "{\"utc_offset_seconds\":0,\"daily_units\":{\"temperature_2m_max\":\"°C\"},\"daily\":{\"time\":[\"soon\"],\"temperature_2m_max\":[6.9]}}", "not_null of for_date")]
    [InlineData("open-meteo", "{\"utc_offset_seconds\":0,\"daily_units\":{\"temperature_2m_max\":\"°C\"},\"daily\":{\"time\":[\"2015-01-02\"],\"temperature_2m_max\":[null]}}", "not_null of temperature_max_c")]
    [InlineData("open-meteo", "{\"daily_units\":{\"temperature_2m_max\":\"°C\"},\"daily\":{\"time\":[\"2015-01-02\"],\"temperature_2m_max\":[1]}}", "not_null of utc_offset_seconds")]
    public async Task An_answer_that_is_not_what_was_asked_for_is_kept_as_it_came_and_goes_no_further(string source, string body, string reason)
    {
        LiveWeather? weather = null;
        await using var live = weather = new LiveWeather(
            source, (_, before) => before == 0 ? Answer.Ok(body) : Answer.Ok(Good(source, weather!.Tomorrow)), source == "openweathermap" ? Key : null);
        await live.RunAsync();

        Assert.Equal(body.Length == 0 ? 0 : System.Text.Encoding.UTF8.GetByteCount(body), Assert.Single(await live.RawAsync()).Size);
        var answer = await live.AnswerAsync();
        Assert.Equal((false, null), (answer.IsCurrent, answer.TemperatureMaxC));
        Assert.StartsWith($"{source} answered what cannot be used: ", answer.Reason, StringComparison.Ordinal);
        Assert.Contains(reason, answer.Reason, StringComparison.OrdinalIgnoreCase);

        // The next answer is not held up by the one before.
        live.Lake.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((RunState.Succeeded, null), (await live.RunAsync() is var run ? run.State : default, run.Error));
        Assert.Equal((true, 8.0), ((await live.AnswerAsync()).IsCurrent, (await live.AnswerAsync()).TemperatureMaxC));
    }

    [Fact]
    public async Task Each_layer_keeps_what_it_is_for()
    {
        LiveWeather? weather = null;
        var bodies = new List<string>();
        await using var live = weather = new LiveWeather("open-meteo", (_, before) =>
        {
            // The second answer is written over many lines, as some servers do; the third repeats it.
            if (before < 2)
                bodies.Add(LiveAnswers.OpenMeteo(weather!.Tomorrow, [8 + before, 9 + before]));
            return Answer.Ok(before == 0 ? bodies[0] : System.Text.Json.Nodes.JsonNode.Parse(bodies[1])!.ToJsonString(Indented));
        });
        await live.RunAsync();
        live.Lake.Clock.Advance(TimeSpan.FromHours(1));
        await live.RunAsync();
        var second = live.Lake.Clock.GetUtcNow();
        live.Lake.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(RunState.Succeeded, (await live.RunAsync()).State);

        // Raw: each content once, as it came, by its digest.
        var raw = (await live.RawAsync()).OrderBy(r => r.Time).ToList();
        Assert.Equal(2, raw.Count);
        var objects = live.Lake.Services.GetRequiredService<IObjectStore>();
        using (var stored = new StreamReader(await objects.OpenReadAsync(raw[0].Path)))
            Assert.Equal(bodies[0], await stored.ReadToEndAsync());
        Assert.EndsWith(raw[0].Digest, raw[0].Path, StringComparison.Ordinal);
        Assert.StartsWith("open-meteo/Seattle/", raw[0].Source, StringComparison.Ordinal);

        // Bronze: each answer with its name, its place and the run that typed it.
        var bronze = await live.Lake.ReadAsync<Typed>(Layer.Bronze, live.Live.Table);
        Assert.Equal(raw.SelectMany(r => new[] { r.Source, r.Source }), bronze.Select(r => r.File).Order(StringComparer.Ordinal));
        Assert.All(bronze, r => Assert.Equal((1, -28_800), (r.Line, r.UtcOffsetSeconds)));
        Assert.Equal(2, bronze.Select(r => r.Run).Distinct().Count());

        // Silver: one row a day, the newest answer's. Gold: what is published of it.
        var silver = await live.Lake.ReadAsync<LiveForecast>(Layer.Silver, LiveSilver.Table);
        Assert.Equal([9.0, 10.0], silver.Select(r => r.TemperatureMaxC).Order());
        Assert.Equal(silver.OrderBy(r => r.ForDate), (await live.Lake.ReadAsync<LiveForecast>(Layer.Gold, LiveSilver.Table)).OrderBy(r => r.ForDate));
        Assert.All(silver, r => Assert.Equal(second, r.ReceivedAt));
    }

    [Fact]
    public async Task Of_two_answers_that_wait_for_silver_the_newer_counts()
    {
        LiveWeather? weather = null;
        await using var live = weather = new LiveWeather("open-meteo", (_, before) => Answer.Ok(LiveAnswers.OpenMeteo(weather!.Tomorrow, [8 + before])));
        for (var i = 0; i < 3; i++)
        {
            await live.Lake.RunAsync(LiveRaw.Name);
            live.Lake.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await live.Lake.RunAsync(LiveBronze.Name);
        await live.Lake.RunAsync(LiveSilver.Name);
        await live.Lake.RunAsync(LiveGold.Name);
        Assert.Equal(10, (await live.AnswerAsync()).TemperatureMaxC);
    }

    /// <summary>The gate of gold sees what silver holds, whoever wrote it.</summary>
    [Fact]
    public async Task What_breaks_a_promise_is_not_published_and_the_table_before_stays()
    {
        LiveWeather? weather = null;
        await using var live = weather = new LiveWeather("open-meteo", (_, _) => Answer.Ok(LiveAnswers.OpenMeteo(weather!.Tomorrow, [8])));
        await live.RunAsync();
        var silver = (await live.Lake.Tables.FindAsync(DatasetId.Table(Layer.Silver, LiveSilver.Table)))!;
        await silver.ApplyAsync(new UpdateRows(Expressions.Columns.Lit(true), [Expressions.Columns.Lit(99.0).As("temperature_max_c")]));
        var run = await live.Lake.RunAsync(LiveGold.Name);

        Assert.Equal((RunState.Failed, false), (run.State, run.Published));
        Assert.Contains("temperature_max_c", run.Error, StringComparison.Ordinal);
        Assert.Equal(8, (await live.AnswerAsync()).TemperatureMaxC);
    }

    [Fact]
    public async Task Kelvin_where_Celsius_was_asked_for_is_no_weather()
    {
        LiveWeather? weather = null;
        await using var live = weather = new LiveWeather("openweathermap", (_, _) => Answer.Ok(LiveAnswers.OpenWeatherMap(
            new DateTimeOffset(weather!.Tomorrow.ToDateTime(default), TimeSpan.Zero), _ => 287.4, 0)), Key);
        var run = await live.RunAsync();

        // Nothing of it is left for gold.
        Assert.Equal((LiveGold.Name, RunState.Failed, false), (run.Pipeline, run.State, run.Published));
        Assert.Contains("of temperature_max_c", (await live.AnswerAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_or_is_not_there_is_said_to_be_so()
    {
        await using var slow = new LiveWeather("open-meteo", (_, _) => Answer.Ok("{}") with { Hangs = TimeSpan.FromSeconds(30) });
        Assert.Contains("no answer within 1 s after 4 attempts", (await slow.RunAsync()).Error, StringComparison.Ordinal);
        Assert.Contains("no answer within 1 s", (await slow.AnswerAsync()).Reason, StringComparison.Ordinal);
        await using var broken = new LiveWeather("open-meteo", (_, _) => Answer.Ok("{\"daily\":") with { BreaksOff = true });
        Assert.Contains("after 4 attempts", (await broken.RunAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_known_stays_until_it_is_old_and_then_the_reason_is_told()
    {
        LiveWeather? weather = null;
        await using var live = weather = new LiveWeather("open-meteo", (_, before) => before == 0
            ? Answer.Ok(LiveAnswers.OpenMeteo(weather!.Tomorrow, [8, 9]))
            : new Answer(401, ""));
        await live.RunAsync();
        live.Lake.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(RunState.Failed, (await live.RunAsync()).State);
        Assert.True((await live.AnswerAsync()).IsCurrent);
        live.Lake.Clock.Advance(TimeSpan.FromHours(6));

        var old = await live.AnswerAsync();
        Assert.Equal((false, null), (old.IsCurrent, old.TemperatureMaxC));
        Assert.Contains("answered 401 Unauthorized", old.Reason, StringComparison.Ordinal);
    }

    private static string Good(string source, DateOnly tomorrow) => source == "open-meteo"
        ? LiveAnswers.OpenMeteo(tomorrow, [8])
        : LiveAnswers.OpenWeatherMap(new DateTimeOffset(tomorrow.AddDays(-1).ToDateTime(default), TimeSpan.Zero), _ => 8, -28_800);

    private static readonly System.Text.Json.JsonSerializerOptions Indented = new() { WriteIndented = true };

    private sealed record Typed(
        [property: ColumnName("_file")] string File, [property: ColumnName("_line")] long Line, [property: ColumnName("_run")] string Run, long UtcOffsetSeconds);

    [Theory]
    [InlineData("Source", "yahoo", "DataEngineX:Weather:Live:Source is 'yahoo'; give none, open-meteo or openweathermap.")]
    [InlineData("Source", "openweathermap", "DataEngineX:Weather:Live:Key is missing")]
    [InlineData("Address", "http://example.com/", "must be https, or http on the loopback")]
    [InlineData("Address", "https://user:pass@example.com/", "without user and password")]
    [InlineData("Timeout", "soon", "Timeout is 'soon'; give seconds")]
    [InlineData("Places:0:Latitude", "91", "Places:0:Name is missing")]
    public void A_setting_that_cannot_be_read_is_named(string name, string value, string reason)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new($"{LiveOptions.Section}:{name}", value)]).Build();

        Assert.Contains(reason, Assert.Throws<DataEngineXException>(() => LiveOptions.Read(configuration)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_goes_with_no_live_source()
    {
        await using var live = new LiveWeather("open-meteo", (_, _) => Answer.Ok("{}"));
        var options = new WeatherOptions { Inbox = "inbox", ReplayFrom = new DateOnly(2015, 1, 1) };
        var error = await Assert.ThrowsAsync<DataEngineXException>(async () => await new LiveCheck(live.Live, options).CheckAsync(CancellationToken.None));

        Assert.Contains("--replay none", error.Message, StringComparison.Ordinal);
        await new LiveCheck(live.Live, options with { ReplayFrom = null }).CheckAsync(CancellationToken.None);
    }
}
