using System.Text.Json;
using DataEngineX.Pipelines;

namespace DataEngineX.AspNetCore.Tests;

public sealed class PipelinesApiTests
{
    private const string Start = "/api/v1/pipelines/weather.silver/runs";

    [Fact]
    public async Task PipelinesShowWhatTheyReadAndWriteTheirPromiseLastRunAndNextSlots()
    {
        await using var host = await new TestHost().StartAsync();
        await host.Metadata.SaveRunAsync(RunsApiTests.Run("r1"));

        var items = (await host.GetJsonAsync("/api/v1/pipelines")).GetProperty("items");

        Assert.Equal(["weather.bronze", "weather.silver"], items.EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        var silver = items[1];
        Assert.Equal("silver/observations", silver.GetProperty("target").GetString());
        Assert.Equal("bronze/observations", silver.GetProperty("inputs")[0].GetString());
        Assert.Equal(2 * 86_400, silver.GetProperty("freshness").GetProperty("withinSeconds").GetDouble());
        Assert.Equal("r1", silver.GetProperty("lastRun").GetProperty("id").GetString());
        Assert.Equal("5 * * * *", silver.GetProperty("schedule").GetProperty("cron").GetString());
        Assert.Equal(new DateTimeOffset(2015, 1, 5, 12, 5, 0, TimeSpan.Zero), silver.GetProperty("schedule").GetProperty("next")[0].GetDateTimeOffset());
        Assert.Equal(JsonValueKind.Null, items[0].GetProperty("schedule").ValueKind);
    }

    [Fact]
    public async Task AnOrderedRunIsAcceptedAndCanBeFollowedToItsEnd()
    {
        await using var host = await new TestHost { PathBase = "/base" }.StartAsync();
        using var answer = await host.Client.PostAsync("/base" + Start, null);
        var run = await TestHost.ReadJsonAsync(answer, HttpStatusCode.Accepted);
        var id = run.GetProperty("id").GetString()!;

        Assert.Equal("running", run.GetProperty("state").GetString());
        Assert.Equal($"/base/api/v1/runs/{id}", answer.Headers.Location!.OriginalString);
        Assert.Equal("running", (await host.GetJsonAsync(answer.Headers.Location.OriginalString)).GetProperty("state").GetString());

        host.Placement.Gate.SetResult();
        var ended = await FollowAsync(host, id);

        Assert.Equal("succeeded", ended.GetProperty("state").GetString());
        Assert.Equal(8, ended.GetProperty("rows").GetProperty("written").GetInt64());
        var order = Assert.Single(host.Placement.Orders);
        Assert.Equal(("weather.silver", "manual", id), (order.Pipeline, order.Trigger, order.RunId));
    }

    [Theory]
    [InlineData("""{"full":true}""", true, false, "manual")]
    [InlineData("""{"replay":true,"full":false}""", false, true, "replay")]
    public async Task WhatIsAskedOfTheRunReachesIt(string body, bool full, bool replay, string trigger)
    {
        await using var host = await new TestHost().StartAsync();
        host.Placement.Gate.SetResult();
        var run = await host.PostJsonAsync(Start, body, HttpStatusCode.Accepted);

        await FollowAsync(host, run.GetProperty("id").GetString()!);

        var order = Assert.Single(host.Placement.Orders);
        Assert.Equal((full, replay, trigger), (order.IsFull, order.IsReplay, order.Trigger));
    }

    [Fact]
    public async Task APlanTellsWhatARunWouldDo()
    {
        await using var host = await new TestHost
        {
            ConfigureDataEngineX = dex => dex.AddPipeline("days", p => p.ReadRows("rows", new[] { new { Day = new DateOnly(2015, 1, 1) } })
                .Partitioned(r => r.Day, Partitioning.Daily(new DateOnly(2015, 1, 1))).ReplaceTable(Layer.Gold, "days")),
        }.StartAsync();

        var plan = await host.GetJsonAsync("/api/v1/pipelines/days/plan");

        Assert.Equal(("days", true), (plan.GetProperty("pipeline").GetString(), plan.GetProperty("hasWork").GetBoolean()));
        Assert.Equal(1, plan.GetProperty("inputs").GetArrayLength());
        Assert.Equal("2015-01-01..2015-01-04", plan.GetProperty("partitions")[0].GetProperty("name").GetString());
        var unbound = await host.GetJsonAsync("/api/v1/pipelines/weather.bronze/plan", HttpStatusCode.Conflict);
        Assert.Contains("raw/weather does not exist yet", unbound.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThePartitionReachesTheRun()
    {
        await using var host = await new TestHost().StartAsync();
        host.Placement.Gate.SetResult();
        var run = await host.PostJsonAsync(Start, """{"partition":"2015-01-03"}""", HttpStatusCode.Accepted);

        await FollowAsync(host, run.GetProperty("id").GetString()!);

        Assert.Equal("2015-01-03", Assert.Single(host.Placement.Orders).Partition);
    }

    [Fact]
    public async Task ARunThatCannotBePlacedEndsAsFailed()
    {
        await using var host = await new TestHost().StartAsync();
        host.Placement.Failure = new DataEngineXException("The place is gone.");

        var run = await host.PostJsonAsync(Start, "{}", HttpStatusCode.Accepted);
        var ended = await FollowAsync(host, run.GetProperty("id").GetString()!);

        Assert.Equal("failed", ended.GetProperty("state").GetString());
        Assert.Equal("The place is gone.", ended.GetProperty("error").GetString());
    }

    [Fact]
    public async Task OrdersThatWaitForTheSameBecomeOneRun()
    {
        await using var host = await new TestHost().StartAsync();
        var first = (await host.PostJsonAsync(Start, "{}", HttpStatusCode.Accepted)).GetProperty("id").GetString()!;
        while (host.Placement.Orders.IsEmpty)
            await Task.Delay(5);

        var second = (await host.PostJsonAsync(Start, "{}", HttpStatusCode.Accepted)).GetProperty("id").GetString()!;
        var third = (await host.PostJsonAsync(Start, "{}", HttpStatusCode.Accepted)).GetProperty("id").GetString()!;
        host.Placement.Gate.SetResult();
        await FollowAsync(host, second);

        Assert.NotEqual(first, second);
        Assert.Equal(second, third);
        Assert.Equal([first, second], host.Placement.Orders.Select(o => o.RunId));
    }

    [Fact]
    public async Task MoreOrdersThanMayWaitAreRefusedForNow()
    {
        await using var host = await new TestHost { ConfigureDataEngineX = dex => dex.ConfigureHost(o => o.MaxWaitingRuns = 1) }.StartAsync();
        await host.PostJsonAsync(Start, "{}", HttpStatusCode.Accepted);
        while (host.Placement.Orders.IsEmpty)
            await Task.Delay(5);
        await host.PostJsonAsync(Start, "{}", HttpStatusCode.Accepted);

        using var refused = await host.Client.PostAsync("/api/v1/pipelines/weather.silver/runs", new StringContent("""{"partition":"b"}""", System.Text.Encoding.UTF8, "application/json"));

        var problem = await TestHost.ReadJsonAsync(refused, HttpStatusCode.ServiceUnavailable);
        Assert.Contains("1 runs wait already", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("{", "body")]
    [InlineData("[]", "body")]
    [InlineData("""{"state":"succeeded"}""", "body")]
    [InlineData("""{"partition":"a","partition":"b"}""", "body")]
    [InlineData("""{"partition":7}""", "partition")]
    [InlineData("""{"partition":""}""", "partition")]
    [InlineData("""{"full":1}""", "full")]
    [InlineData("""{"replay":"yes"}""", "replay")]
    public async Task ABodyThatIsNoOrderIsRefused(string body, string field)
    {
        await using var host = await new TestHost().StartAsync();

        var problem = await host.PostJsonAsync(Start, body, HttpStatusCode.BadRequest);

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
        Assert.Empty(host.Placement.Orders);
    }

    [Fact]
    public async Task ADeepLargeOrForeignBodyIsRefused()
    {
        await using var host = await new TestHost().StartAsync();

        await host.PostJsonAsync(Start, string.Concat(Enumerable.Repeat("[", 5_000)), HttpStatusCode.BadRequest);
        await host.PostJsonAsync(Start, "{\"partition\":\"" + new string('x', 20_000) + "\"}", HttpStatusCode.RequestEntityTooLarge, ask: true);
        using var invalid = new ByteArrayContent([0x7B, 0xFF, 0x7D]);
        invalid.Headers.ContentType = new("application/json");
        using var garbled = await host.Client.PostAsync(Start, invalid);
        await TestHost.ReadJsonAsync(garbled, HttpStatusCode.BadRequest);
        using var form = new FormUrlEncodedContent([new("partition", "a")]);
        using var foreign = await host.Client.PostAsync(Start, form);
        await TestHost.ReadJsonAsync(foreign, HttpStatusCode.UnsupportedMediaType);
        Assert.Empty(host.Placement.Orders);
    }

    [Theory]
    [InlineData("none", HttpStatusCode.NotFound)]
    [InlineData("..%2fweather.silver", HttpStatusCode.BadRequest)]
    public async Task AnUnknownPipelineCannotBeRun(string name, HttpStatusCode expected)
    {
        await using var host = await new TestHost().StartAsync();

        await host.PostJsonAsync($"/api/v1/pipelines/{name}/runs", "{}", expected);
    }

    private static async Task<JsonElement> FollowAsync(TestHost host, string id)
    {
        var path = host.PathBase + "/api/v1/runs/" + id;
        JsonElement run;
        while ((run = await host.GetJsonAsync(path)).GetProperty("state").GetString() == "running")
            await Task.Delay(5);
        return run;
    }
}
