using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Hosting;
using DataEngineX.Quality;

namespace DataEngineX.AspNetCore.Tests;

/// <summary>Runs and datasets in the terms of OpenLineage.</summary>
public sealed class OpenLineageTests
{
    private static readonly DatasetId Observations = DatasetId.Table(Layer.Silver, "observations");

    private static readonly Verdict[] Verdicts =
    [
        new()
        {
            Rule = "between", Column = "high", Columns = ["high"], Outcome = VerdictOutcome.Fail, Checked = 10, Failed = 2, Expectation = "high is at most 40",
            Parameters = [new VerdictField("max", "40")],
        },
        new() { Rule = "row_count", Outcome = VerdictOutcome.Pass, Severity = Severity.Warning, Checked = 1, Observed = "10" },
        new() { Rule = "freshness", Column = "date", Columns = ["date"], Outcome = VerdictOutcome.NotEvaluated },
    ];

    [Fact]
    public async Task ARunIsToldWithItsCheckAndWhatThatFound()
    {
        await using var host = await HostAsync();
        await host.Metadata.SaveRunAsync(RunsApiTests.Run("a1") with
        {
            State = RunState.Succeeded,
            Target = Observations,
            Version = "2",
            Inputs = [new InputVersion(DatasetId.Table(Layer.Bronze, "observations"), "4", "3", true)],
            Verdicts = Verdicts,
        });

        var events = await host.GetJsonAsync("/api/v1/runs/a1/openlineage");

        Assert.Equal(["START", "COMPLETE", "START", "COMPLETE"], events.EnumerateArray().Select(e => e.GetProperty("eventType").GetString()));
        OpenLineageSchemas.Check(events);
        foreach (var told in events.EnumerateArray())
        {
            Assert.True(told.GetProperty("eventTime").TryGetDateTimeOffset(out _));
            Assert.True(told.GetProperty("run").GetProperty("runId").TryGetGuid(out _));
            Assert.EndsWith("#/$defs/RunEvent", told.GetProperty("schemaURL").GetString(), StringComparison.Ordinal);
        }

        var (run, check) = (events[1], events[3]);
        Assert.Equal(run.GetProperty("run").GetProperty("runId").GetString(), events[0].GetProperty("run").GetProperty("runId").GetString());
        Assert.Equal(check.GetProperty("run").GetProperty("runId").GetString(), events[2].GetProperty("run").GetProperty("runId").GetString());
        Assert.Equal("weather.silver", run.GetProperty("job").GetProperty("name").GetString());
        Assert.Equal("4", run.GetProperty("inputs")[0].GetProperty("facets").GetProperty("version").GetProperty("datasetVersion").GetString());
        var output = run.GetProperty("outputs")[0];
        Assert.Equal(("silver", "observations"), (output.GetProperty("namespace").GetString(), output.GetProperty("name").GetString()));
        Assert.Equal(7, output.GetProperty("outputFacets").GetProperty("outputStatistics").GetProperty("rowCount").GetInt64());
        Assert.Equal("weather.silver.check", check.GetProperty("job").GetProperty("name").GetString());
        Assert.Equal(
            run.GetProperty("run").GetProperty("runId").GetString(),
            check.GetProperty("run").GetProperty("facets").GetProperty("parent").GetProperty("run").GetProperty("runId").GetString());
        var input = Assert.Single(check.GetProperty("inputs").EnumerateArray());
        Assert.Equal("observations", input.GetProperty("name").GetString());
        ExpectAssertions(input.GetProperty("inputFacets").GetProperty("dataQualityAssertions"));
    }

    [Fact]
    public async Task ARunThatPublishedNothingHasNoOutputAndStillItsCheck()
    {
        await using var host = await HostAsync();
        await host.Metadata.SaveRunAsync(RunsApiTests.Run("a1") with { State = RunState.Failed, Target = Observations, Error = "stopped", Verdicts = Verdicts });

        var events = await host.GetJsonAsync("/api/v1/runs/a1/openlineage");

        OpenLineageSchemas.Check(events);
        Assert.Equal("FAIL", events[1].GetProperty("eventType").GetString());
        Assert.Equal("stopped", events[1].GetProperty("run").GetProperty("facets").GetProperty("errorMessage").GetProperty("message").GetString());
        Assert.Equal(0, events[1].GetProperty("outputs").GetArrayLength());
        ExpectAssertions(events[3].GetProperty("inputs")[0].GetProperty("inputFacets").GetProperty("dataQualityAssertions"));
        await host.GetJsonAsync("/api/v1/runs/none/openlineage", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task TheNewestRunHasColumnLineageAndProfileToo()
    {
        await using var host = await HostAsync(profile: true);
        await DatasetsApiTests.SaveEvidenceAsync(host);
        await host.Metadata.SaveRunAsync(RunsApiTests.Run("r1") with { State = RunState.Succeeded, Target = Observations, Version = "2", Verdicts = Verdicts });

        var events = await host.GetJsonAsync("/api/v1/runs/r1/openlineage");

        OpenLineageSchemas.Check(events);
        var facets = events[1].GetProperty("outputs")[0].GetProperty("facets");
        var field = facets.GetProperty("columnLineage").GetProperty("fields").GetProperty("high").GetProperty("inputFields")[0];
        Assert.Equal("temp_max", field.GetProperty("field").GetString());
        Assert.Equal(("DIRECT", "TRANSFORMATION"), (
            field.GetProperty("transformations")[0].GetProperty("type").GetString(), field.GetProperty("transformations")[0].GetProperty("subtype").GetString()));
        ExpectMetrics(facets.GetProperty("dataQualityMetrics"));
        ExpectMetrics(events[3].GetProperty("inputs")[0].GetProperty("inputFacets").GetProperty("dataQualityMetrics"));
    }

    [Fact]
    public async Task ADatasetsLineageShowsTheSameVerdictsAsFacets()
    {
        await using var host = await HostAsync(profile: true);
        await host.Metadata.SaveEvidenceAsync(new DatasetEvidence(Observations, "2", "r1", TestHost.Now, Verdicts, null));

        var facets = (await host.GetJsonAsync("/api/v1/lineage/silver/observations")).GetProperty("facets");

        ExpectAssertions(facets.GetProperty("dataQualityAssertions"));
        ExpectMetrics(facets.GetProperty("dataQualityMetrics"));
    }

    [Fact]
    public async Task WhatTheStoreDoesNotHaveIsTakenFromTheNewestCommit()
    {
        await using var host = await new TestHost().StartAsync();
        var table = host.AddObservations();
        foreach (var (pipeline, day) in new[] { ("older", 1), ("weather.silver", 2) })
        {
            table.Records[pipeline] = new CommitRecord
            {
                Pipeline = pipeline,
                Target = Observations,
                RunId = pipeline,
                RunKey = "k",
                Fingerprint = "f",
                Sequence = 1,
                FencingToken = 1,
                Cursor = Cursor.Empty,
                Timestamp = TestHost.Now.AddDays(day),
                Verdicts = day == 2 ? Verdicts : [],
            };
        }

        var quality = await host.GetJsonAsync("/api/v1/datasets/silver/observations/quality");

        Assert.Contains("between", quality.GetRawText(), StringComparison.Ordinal);
        ExpectAssertions((await host.GetJsonAsync("/api/v1/lineage/silver/observations")).GetProperty("facets").GetProperty("dataQualityAssertions"));
    }

    [Fact]
    public async Task ARunThatGoesOnIsRunning()
    {
        await using var host = await HostAsync();

        // As long as somebody holds its lease, the host does not take the run for one that was left behind.
        Assert.NotNull(await host.Metadata.TryAcquireLeaseAsync(LeaseNames.OfPipeline("weather.silver"), "elsewhere", TimeSpan.FromMinutes(10)));
        await host.Metadata.SaveRunAsync(RunsApiTests.Run("a1") with { State = RunState.Running, FinishedAt = null, Target = Observations });

        var events = await host.GetJsonAsync("/api/v1/runs/a1/openlineage");

        OpenLineageSchemas.Check(events);
        Assert.Equal(["START", "RUNNING"], events.EnumerateArray().Select(e => e.GetProperty("eventType").GetString()));
    }

    private static void ExpectAssertions(JsonElement facet)
    {
        Assert.StartsWith("https://", facet.GetProperty("_producer").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("#/$defs/DataQualityAssertionsDatasetFacet", facet.GetProperty("_schemaURL").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            """[{"assertion":"between","success":false,"column":"high","severity":"error","name":"between(high)","expected":"high is at most 40","actual":"2 of 10 fail","params":{"max":40}},{"assertion":"row_count","success":true,"severity":"warn","name":"row_count","actual":"10"}]""",
            JsonSerializer.Serialize(facet.GetProperty("assertions")));
    }

    private static void ExpectMetrics(JsonElement facet)
    {
        Assert.Equal(4, facet.GetProperty("rowCount").GetInt64());
        Assert.Equal(
            """{"nullCount":1,"count":3,"distinctCount":3,"sum":6,"min":1,"max":3,"quantiles":{"0.05":1.1,"0.25":1.5,"0.5":2,"0.75":2.5,"0.95":2.9}}""",
            JsonSerializer.Serialize(facet.GetProperty("columnMetrics").GetProperty("high")));
    }

    private static async Task<TestHost> HostAsync(bool profile = false)
    {
        var host = new TestHost();
        if (profile)
        {
            var made = await ProfileAsync();
            host.ConfigureBuilder = b => b.Services.AddSingleton<IProfileCatalog>(new OneProfile(made));
        }

        await host.StartAsync();
        host.AddObservations();
        return host;
    }

    private static async Task<Profile> ProfileAsync()
    {
        var high = new Int64Array.Builder().Append(1).Append(2).AppendNull().Append(3).Build();
        var schema = new Schema([new Field("high", Int64Type.Default, nullable: true)], null);
        return await Profiler.ProfileAsync(Batches(new RecordBatch(schema, [high], 4)), schema);
    }

    private static async IAsyncEnumerable<RecordBatch> Batches(RecordBatch batch)
    {
        await Task.CompletedTask;
        yield return batch;
    }

    private sealed class OneProfile(Profile profile) : IProfileCatalog
    {
        public ValueTask<DatasetProfile?> FindAsync(DatasetId dataset, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<DatasetProfile?>(new DatasetProfile(dataset, 2, profile));
    }
}
