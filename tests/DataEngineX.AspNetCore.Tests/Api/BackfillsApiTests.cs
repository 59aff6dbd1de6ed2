using System.Text.Json;
using DataEngineX.Pipelines;

namespace DataEngineX.AspNetCore.Tests;

public sealed class BackfillsApiTests
{
    private const string Start = "/api/v1/pipelines/days/backfills";

    [Fact]
    public async Task AnOrderedBackfillIsAcceptedAndCanBeFollowedToItsEnd()
    {
        await using var host = await Host("/base").StartAsync();
        using var answer = await host.Client.PostAsync("/base" + Start, Body("""{"to":"2015-01-03","perRun":2}"""));
        var begun = await TestHost.ReadJsonAsync(answer, HttpStatusCode.Accepted);
        var id = begun.GetProperty("id").GetString()!;

        Assert.Equal(("running", "days"), (begun.GetProperty("state").GetString(), begun.GetProperty("pipeline").GetString()));
        Assert.Equal($"/base/api/v1/backfills/{id}", answer.Headers.Location!.OriginalString);
        host.Placement.Gate.SetResult();
        var ended = await FollowAsync(host, id);

        Assert.Equal("succeeded", ended.GetProperty("state").GetString());
        Assert.Equal((2, 0, 3, 3), (Number(ended, "runs"), Number(ended, "failedRuns"), Number(ended, "partitionsAsked"), Number(ended, "partitionsDone")));
        Assert.Equal(["2015-01-01..2015-01-02", "2015-01-03"], host.Placement.Orders.Select(o => o.Partition).Order(StringComparer.Ordinal));
        Assert.All(host.Placement.Orders, o => Assert.Equal(("days", "backfill"), (o.Pipeline, o.Trigger)));
        var listed = (await host.GetJsonAsync("/base/api/v1/backfills")).GetProperty("items");
        Assert.Equal(id, Assert.Single(listed.EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task WhatIsAskedReachesTheRuns()
    {
        await using var host = await Host().StartAsync();
        host.Placement.Gate.SetResult();
        var begun = await host.PostJsonAsync(Start, """{"from":"2015-01-02","to":"2015-01-04","parallel":3,"again":true}""", HttpStatusCode.Accepted);
        await FollowAsync(host, begun.GetProperty("id").GetString()!);

        Assert.Equal(["2015-01-02", "2015-01-03", "2015-01-04"], host.Placement.Orders.Select(o => o.Partition).Order(StringComparer.Ordinal));
        Assert.All(host.Placement.Orders, o => Assert.True(o.IsFull));
        Assert.Equal(3, begun.GetProperty("order").GetProperty("parallel").GetInt32());
    }

    [Fact]
    public async Task RunsThatFailAreNamedWithTheirPartitions()
    {
        await using var host = await Host().StartAsync();
        host.Placement.Failure = new DataEngineXException("The place is gone.");
        var begun = await host.PostJsonAsync(Start, """{"to":"2015-01-02"}""", HttpStatusCode.Accepted);
        var ended = await FollowAsync(host, begun.GetProperty("id").GetString()!);

        Assert.Equal(("failed", 2), (ended.GetProperty("state").GetString(), Number(ended, "failedRuns")));
        var failure = ended.GetProperty("failures")[0];
        Assert.Equal(("2015-01-01", "The place is gone."), (failure.GetProperty("partition").GetString(), failure.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task ABackfillIsCancelledAndTheNextOneTakesItsPlace()
    {
        await using var host = await Host().StartAsync();
        var id = (await host.PostJsonAsync(Start, "{}", HttpStatusCode.Accepted)).GetProperty("id").GetString()!;
        while (host.Placement.Orders.IsEmpty)
            await Task.Delay(5);
        var second = await host.PostJsonAsync(Start, "{}", HttpStatusCode.Conflict);
        using var cancel = await host.Client.DeleteAsync($"/api/v1/backfills/{id}");

        Assert.Contains(id, second.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, cancel.StatusCode);
        Assert.Equal("cancelled", (await FollowAsync(host, id)).GetProperty("state").GetString());
        host.Placement.Gate.SetResult();
        var third = await host.PostJsonAsync(Start, "{}", HttpStatusCode.Accepted);
        Assert.Equal("succeeded", (await FollowAsync(host, third.GetProperty("id").GetString()!)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task AHostThatStopsLeavesItsBackfillsToTheNext()
    {
        var host = await Host().StartAsync();
        var id = (await host.PostJsonAsync(Start, "{}", HttpStatusCode.Accepted)).GetProperty("id").GetString()!;
        while (host.Placement.Orders.IsEmpty)
            await Task.Delay(5);
        var backfills = host.App.Services.GetRequiredService<Hosting.IBackfills>();
        await host.App.StopAsync();

        var left = (await backfills.FindAsync(id))!;
        Assert.Equal((RunState.Running, null), (left.State, left.Host));
        await Assert.ThrowsAsync<Hosting.RunRefusedException>(async () => await backfills.StartAsync(new BackfillRequest("days")));
        await host.DisposeAsync();
    }

    [Theory]
    [InlineData("{", "body")]
    [InlineData("[]", "body")]
    [InlineData("""{"since":"2015-01-01"}""", "body")]
    [InlineData("""{"from":7}""", "from")]
    [InlineData("""{"from":"soon"}""", "from")]
    [InlineData("""{"to":"2015-02-30"}""", "to")]
    [InlineData("""{"parallel":0}""", "parallel")]
    [InlineData("""{"perRun":1.5}""", "perRun")]
    [InlineData("""{"again":"yes"}""", "again")]
    public async Task ABodyThatIsNoOrderIsRefused(string body, string field)
    {
        await using var host = await Host().StartAsync();
        var problem = await host.PostJsonAsync(Start, body, HttpStatusCode.BadRequest);

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
        Assert.Empty(host.Placement.Orders);
    }

    [Theory]
    [InlineData("none", HttpStatusCode.NotFound)]
    [InlineData("weather.silver", HttpStatusCode.Conflict)]
    public async Task OnlyAPipelineWithPartitionsIsBackfilled(string name, HttpStatusCode expected)
    {
        await using var host = await Host().StartAsync();
        await host.PostJsonAsync($"/api/v1/pipelines/{name}/backfills", "{}", expected);
        await host.GetJsonAsync("/api/v1/backfills/none", HttpStatusCode.NotFound);
    }

    private static TestHost Host(string? pathBase = null) => new()
    {
        PathBase = pathBase,
        ConfigureDataEngineX = dex => dex.AddPipeline("days", p => p.ReadRows("rows", new[] { new { Day = new DateOnly(2015, 1, 1) } })
            .Partitioned(r => r.Day, Partitioning.Daily(new DateOnly(2015, 1, 1))).ReplaceTable(Layer.Gold, "days")),
    };

    private static StringContent Body(string json) => new(json, System.Text.Encoding.UTF8, "application/json");

    private static long Number(JsonElement json, string name) => json.GetProperty(name).GetInt64();

    private static async Task<JsonElement> FollowAsync(TestHost host, string id)
    {
        while (true)
        {
            var backfill = await host.GetJsonAsync($"{host.PathBase}/api/v1/backfills/{id}");
            if (backfill.GetProperty("state").GetString() != "running")
                return backfill;
            await Task.Delay(10);
        }
    }
}
