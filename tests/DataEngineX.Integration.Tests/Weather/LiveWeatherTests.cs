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

        Assert.Equal((RunState.Succeeded, 3), (run.State, run.Rows.Written));
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
        Assert.Equal((RunState.Succeeded, 4), (run.State, run.Rows.Written));
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
        var plan = await live.Lake.Services.GetRequiredService<Pipelines.IPipelineRunner>().PlanAsync(WeatherLive.Name);
        Assert.All([run.Error!, answer.Reason!, plan.ToString()], t => Assert.DoesNotContain(Key, t, StringComparison.Ordinal));
        Assert.DoesNotContain(Key, live.Live.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openweathermap", 401, "{\"cod\":401, \"message\": \"Invalid API key.\"}", "answered 401 Unauthorized", 1)]
    [InlineData("open-meteo", 400, "{\"error\":true,\"reason\":\"Cannot initialize\"}", "answered 400 BadRequest", 1)]
    [InlineData("open-meteo", 429, "", "answered 429 TooManyRequests and asks to wait 3600 s", 1, "Retry-After: 3600")]
    [InlineData("open-meteo", 302, "", "redirects are not followed", 1, "Location: http://127.0.0.1:1/elsewhere")]
    [InlineData("open-meteo", 200, "{\"daily\":{\"time\":[\"2015-", "the body cannot be read", 1)]
    [InlineData("open-meteo", 200, "", "the body cannot be read", 1)]
    [InlineData("open-meteo", 200, "{}", "nothing to check", 1)]
    [InlineData("openweathermap", 200, "{\"cod\":\"200\",\"list\":[],\"city\":{\"timezone\":0}}", "nothing to check", 1)]
    [InlineData("open-meteo", 200, "{\"utc_offset_seconds\":0,\"daily_units\":{\"temperature_2m_max\":\"°C\"},\"daily\":{\"time\":[\"2015-01-02\"]}}", "", 1)]
    [InlineData("open-meteo", 200, "{\"utc_offset_seconds\":0,\"daily_units\":{\"temperature_2m_max\":\"°F\"},\"daily\":{\"time\":[\"2015-01-02\"],\"temperature_2m_max\":[46.9]}}", "unit", 1)]
    [InlineData("open-meteo", 200, "{\"utc_offset_seconds\":0,\"daily_units\":{\"temperature_2m_max\":\"°C\"},\"daily\":{\"time\":[\"soon\"],\"temperature_2m_max\":[6.9]}}", "for_date", 1)]
    [InlineData("open-meteo", 200, "{\"utc_offset_seconds\":0,\"daily_units\":{\"temperature_2m_max\":\"°C\"},\"daily\":{\"time\":[\"2015-01-02\"],\"temperature_2m_max\":[null]}}", "temperature_max_c", 1)]
    [InlineData("open-meteo", 200, "{\"daily_units\":{\"temperature_2m_max\":\"°C\"},\"daily\":{\"time\":[\"2015-01-02\"],\"temperature_2m_max\":[1]}}", "utc_offset_seconds", 1)]
    public async Task An_answer_that_is_not_what_was_asked_for_is_kept_in_no_part_and_named(
        string source, int status, string body, string reason, int requests, params string[] headers)
    {
        await using var live = new LiveWeather(source, (_, _) => new Answer(status, body) { Headers = headers }, source == "openweathermap" ? Key : null);
        var run = await live.RunAsync();

        Assert.Equal((RunState.Failed, false, requests), (run.State, run.Published, live.Requests.Count));
        Assert.Contains(reason, run.Error, StringComparison.OrdinalIgnoreCase);
        var answer = await live.AnswerAsync();
        Assert.Equal((false, null, $"{source} could not be asked: {run.Error}"), (answer.IsCurrent, answer.TemperatureMaxC, answer.Reason));
    }

    [Fact]
    public async Task Kelvin_where_Celsius_was_asked_for_is_no_weather()
    {
        LiveWeather? weather = null;
        await using var live = weather = new LiveWeather("openweathermap", (_, _) => Answer.Ok(LiveAnswers.OpenWeatherMap(
            new DateTimeOffset(weather!.Tomorrow.ToDateTime(default), TimeSpan.Zero), _ => 287.4, 0)), Key);
        var run = await live.RunAsync();

        Assert.Equal((RunState.Failed, false), (run.State, run.Published));
        Assert.Contains("temperature_max_c", run.Error, StringComparison.Ordinal);
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
