using System.Text.Json;
using DataEngineX.Hosting;
using DataEngineX.Pipelines;

namespace DataEngineX.AspNetCore.Tests;

public sealed class RunsApiTests
{
    [Fact]
    public async Task ARunShowsItsRowAccountVerdictsAndInputs()
    {
        await using var host = await new TestHost().StartAsync();
        await host.Metadata.SaveRunAsync(Run("a1") with
        {
            State = RunState.Failed,
            Error = "The gate stopped <script>",
            Inputs = [new InputVersion(DatasetId.Table(Layer.Bronze, "observations"), "4", "3", true)],
            Verdicts = [new Verdict { Rule = "between", Column = "high", Outcome = VerdictOutcome.Fail, Checked = 10, Failed = 2 }],
        });

        var run = await host.GetJsonAsync("/api/v1/runs/a1");

        Assert.Equal("a1", run.GetProperty("id").GetString());
        Assert.Equal("weather.silver", run.GetProperty("pipeline").GetString());
        Assert.Equal("failed", run.GetProperty("state").GetString());
        Assert.Equal("The gate stopped <script>", run.GetProperty("error").GetString());
        Assert.Equal(TestHost.Now, run.GetProperty("startedAt").GetDateTimeOffset());
        var rows = run.GetProperty("rows");
        Assert.Equal([10, 7, 2, 1], new[] { "read", "written", "filtered", "quarantined" }.Select(n => rows.GetProperty(n).GetInt64()));
        Assert.Equal("fail", run.GetProperty("verdicts")[0].GetProperty("outcome").GetString());
        Assert.Equal("bronze/observations", run.GetProperty("inputs")[0].GetProperty("dataset").GetString());
    }

    [Fact]
    public async Task ARunAtWorkTellsHowFarItIs()
    {
        var progress = new RunProgress("a1", 25, 20, 4096, 0, TimeSpan.FromSeconds(3), 100);
        await using var host = await new TestHost
        {
            ConfigureBuilder = b => b.Services.AddSingleton<IRunsAtWork>(new FakeRunsAtWork(progress, progress with { RunId = "a2" })),
        }.StartAsync();

        // As long as somebody holds its lease, the host does not take the run for one that was left behind.
        Assert.NotNull(await host.Metadata.TryAcquireLeaseAsync(LeaseNames.OfPipeline("weather.silver"), "elsewhere", TimeSpan.FromMinutes(10)));
        await host.Metadata.SaveRunAsync(Run("a1") with { State = RunState.Running, FinishedAt = null });
        await host.Metadata.SaveRunAsync(Run("a2"));

        var told = (await host.GetJsonAsync("/api/v1/runs/a1")).GetProperty("progress");

        Assert.Equal([25, 100, 20, 4096], new[] { "rowsRead", "rowsExpected", "rowsTaken", "bytesRead" }.Select(n => told.GetProperty(n).GetInt64()));
        Assert.Equal([0.25, 3, 9], new[] { "fraction", "elapsedSeconds", "remainingSeconds" }.Select(n => told.GetProperty(n).GetDouble()));
        Assert.Equal(JsonValueKind.Null, (await host.GetJsonAsync("/api/v1/runs/a2")).GetProperty("progress").ValueKind);
        Assert.Contains("25 %, 9 s left", await host.Client.GetStringAsync("/dex"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunIsHandedOnAsAReportWithTheTrendOfThoseBefore()
    {
        await using var host = await new TestHost().StartAsync();
        var verdict = new Verdict { Rule = "between", Column = "high", Outcome = VerdictOutcome.Fail, Checked = 10, Failed = 2 };
        await host.Metadata.SaveRunAsync(Run("a1") with { Verdicts = [verdict with { Failed = 1 }] });
        await host.Metadata.SaveRunAsync(Run("a2") with { Verdicts = [] });
        await host.Metadata.SaveRunAsync(Run("a3") with { Verdicts = [verdict] });
        await host.Metadata.SaveRunAsync(Run("a4") with { Verdicts = [verdict with { Failed = 9 }] });

        var report = await host.Client.GetStringAsync("/api/v1/runs/a3/report");

        Assert.Contains("oldest first: 90 %, 80 %</title>", report, StringComparison.Ordinal);
        await host.GetJsonAsync("/api/v1/runs/none/report", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task ASucceededRunHasErrorNull()
    {
        await using var host = await new TestHost().StartAsync();
        await host.Metadata.SaveRunAsync(Run("a1"));

        var run = await host.GetJsonAsync("/api/v1/runs/a1");

        Assert.Equal(JsonValueKind.Null, run.GetProperty("error").ValueKind);
        Assert.Equal("succeeded", run.GetProperty("state").GetString());
    }

    [Fact]
    public async Task PagesFollowEachOtherWithoutGapOrRepetition()
    {
        await using var host = await new TestHost().StartAsync();
        for (var i = 0; i < 7; i++)
            await host.Metadata.SaveRunAsync(Run($"r{i}"));

        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await host.GetJsonAsync($"/api/v1/runs?limit=3{(next is null ? "" : $"&before={next}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("id").GetString()!));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);

        Assert.Equal(["r6", "r5", "r4", "r3", "r2", "r1", "r0"], seen);
    }

    [Fact]
    public async Task RunsAreFilteredByPipelineAndState()
    {
        await using var host = await new TestHost().StartAsync();
        await host.Metadata.SaveRunAsync(Run("r1"));
        await host.Metadata.SaveRunAsync(Run("r2") with { State = RunState.Failed });
        await host.Metadata.SaveRunAsync(Run("r3") with { Pipeline = "weather.bronze", State = RunState.Failed });

        var page = await host.GetJsonAsync("/api/v1/runs?pipeline=weather.silver&state=failed");

        Assert.Equal("r2", Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("/api/v1/runs?limit=0", "limit")]
    [InlineData("/api/v1/runs?limit=501", "limit")]
    [InlineData("/api/v1/runs?limit=99999999999999999999", "limit")]
    [InlineData("/api/v1/runs?limit=-1", "limit")]
    [InlineData("/api/v1/runs?limit=ten", "limit")]
    [InlineData("/api/v1/runs?state=done", "state")]
    [InlineData("/api/v1/runs?pipeline=..%2fetc", "pipeline")]
    [InlineData("/api/v1/runs?before=%3Cscript%3E", "before")]
    [InlineData("/api/v1/runs/..%2f..%2fetc", "id")]
    public async Task ABadRequestNamesItsField(string path, string field)
    {
        await using var host = await new TestHost().StartAsync();

        await Problems.InvalidAsync(host, path, field);
    }

    [Fact]
    public async Task AnUnknownRunIsNotFound()
    {
        await using var host = await new TestHost().StartAsync();

        var problem = await host.GetJsonAsync("/api/v1/runs/none", HttpStatusCode.NotFound);

        Assert.Equal("urn:dataenginex:problem:not-found", problem.GetProperty("type").GetString());
        Assert.Contains("'none'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    internal static RunRecord Run(string id) => new()
    {
        Id = id,
        Pipeline = "weather.silver",
        State = RunState.Succeeded,
        StartedAt = TestHost.Now,
        FinishedAt = TestHost.Now.AddSeconds(3),
        Rows = new RunRows { Read = 10, Written = 7, Filtered = 2, Quarantined = 1 },
    };
}
