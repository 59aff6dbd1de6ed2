using System.Text.Json;
using Apache.Arrow;

namespace DataEngineX.AspNetCore.Tests;

public sealed class DatasetsApiTests
{
    [Fact]
    public async Task ADatasetShowsVersionRowsColumnsAndFreshness()
    {
        await using var host = await new TestHost().StartAsync();
        host.AddObservations();

        var dataset = await host.GetJsonAsync("/api/v1/datasets/silver/observations");

        Assert.Equal("silver/observations", dataset.GetProperty("dataset").GetString());
        Assert.Equal(2, dataset.GetProperty("version").GetInt64());
        Assert.Equal(6, dataset.GetProperty("rows").GetInt64());
        Assert.Equal(
            [("location", "utf8", false), ("date", "date32", false), ("high", "double", true)],
            dataset.GetProperty("columns").EnumerateArray()
                .Select(c => (c.GetProperty("name").GetString()!, c.GetProperty("type").GetString()!, c.GetProperty("nullable").GetBoolean())));
        var freshness = dataset.GetProperty("freshness");
        Assert.Equal("stale", freshness.GetProperty("state").GetString());
        Assert.Equal(new DateTimeOffset(2015, 1, 3, 0, 0, 0, TimeSpan.Zero), freshness.GetProperty("newest").GetDateTimeOffset());
        Assert.Equal(2.5 * 86_400, freshness.GetProperty("ageSeconds").GetDouble());
    }

    [Fact]
    public async Task AllTablesAreListed()
    {
        await using var host = await new TestHost().StartAsync();
        host.AddObservations();
        Quarantine(host);

        var items = (await host.GetJsonAsync("/api/v1/datasets")).GetProperty("items");

        Assert.Equal(["quarantine/weather.silver", "silver/observations"], items.EnumerateArray().Select(d => d.GetProperty("dataset").GetString()));
        Assert.Equal("unknown", items[0].GetProperty("freshness").GetProperty("state").GetString());
    }

    [Fact]
    public async Task QualityShowsTheVerdictsOfTheNewestVersion()
    {
        await using var host = await new TestHost().StartAsync();
        host.AddObservations();
        await SaveEvidenceAsync(host);

        var quality = await host.GetJsonAsync("/api/v1/datasets/silver/observations/quality");

        Assert.Equal("silver/observations", quality.GetProperty("dataset").GetString());
        var verdict = Assert.Single(quality.GetProperty("verdicts").EnumerateArray());
        Assert.Equal("notEvaluated", verdict.GetProperty("outcome").GetString());
        Assert.Equal("high", verdict.GetProperty("column").GetString());
        Assert.Equal((12, 3), (verdict.GetProperty("checked").GetInt64(), verdict.GetProperty("failed").GetInt64()));
        Assert.Equal("error", verdict.GetProperty("severity").GetString());
    }

    [Fact]
    public async Task QualityOfADatasetWithoutGateIsEmpty()
    {
        await using var host = await new TestHost().StartAsync();
        host.AddObservations();

        Assert.Empty((await host.GetJsonAsync("/api/v1/datasets/silver/observations/quality")).GetProperty("verdicts").EnumerateArray());
    }

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("?format=markdown", "text/markdown")]
    [InlineData("?format=junit", "application/xml")]
    public async Task QualityIsHandedOnAsAReport(string query, string type)
    {
        await using var host = await new TestHost().StartAsync();
        host.AddObservations();
        await SaveEvidenceAsync(host);

        using var answer = await host.Client.GetAsync("/api/v1/datasets/silver/observations/quality/report" + query);

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("style-src 'sha256-", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("silver/observations", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AReportNeedsVerdictsAndAKnownForm()
    {
        await using var host = await new TestHost().StartAsync();
        host.AddObservations();
        await host.GetJsonAsync("/api/v1/datasets/silver/observations/quality/report", HttpStatusCode.NotFound);
        await SaveEvidenceAsync(host);
        await Problems.InvalidAsync(host, "/api/v1/datasets/silver/observations/quality/report?format=pdf", "format");
    }

    [Fact]
    public async Task PreviewShowsTheRowsAddedLastAndReadsNoMoreThanItMust()
    {
        await using var host = await new TestHost().StartAsync();
        var table = host.AddObservations(5);

        var preview = await host.GetJsonAsync("/api/v1/datasets/silver/observations/preview?limit=3");

        Assert.Equal("end", preview.GetProperty("from").GetString());
        var rows = preview.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(["2015-01-04", "2015-01-05", "2015-01-05"], rows.Select(r => r.GetProperty("date").GetString()));
        Assert.Equal(5.5, rows[1].GetProperty("high").GetDouble());
        Assert.Equal(JsonValueKind.Null, rows[2].GetProperty("high").ValueKind);

        // The host's own watch over freshness may look at the promised column at any time.
        Assert.Equal(2, Assert.Single(table.Scans, s => s.Columns is not ["date"]).Since);
    }

    [Fact]
    public async Task PreviewShowsQuarantine()
    {
        await using var host = await new TestHost().StartAsync();
        Quarantine(host);

        var row = (await host.GetJsonAsync("/api/v1/datasets/quarantine/weather.silver/preview")).GetProperty("rows")[0];

        Assert.Equal("bad.csv", row.GetProperty("file").GetString());
        Assert.Equal(7, row.GetProperty("line").GetInt64());
        Assert.Equal("<script>alert(1)</script>", row.GetProperty("value").GetString());
    }

    [Theory]
    [InlineData("/api/v1/datasets/platinum/observations", "layer")]
    [InlineData("/api/v1/datasets/2/observations", "layer")]
    [InlineData("/api/v1/datasets/silver/..%2f..%2fetc%2fpasswd", "name")]
    [InlineData("/api/v1/datasets/silver/..%5c..%5cetc", "name")]
    [InlineData("/api/v1/datasets/silver/%2e%2e%2fgold", "name")]
    [InlineData("/api/v1/datasets/silver/a%00b/quality", "name")]
    [InlineData("/api/v1/datasets/silver/observations/preview?limit=1001", "limit")]
    [InlineData("/api/v1/lineage/nowhere/observations", "layer")]
    [InlineData("/api/v1/lineage/models/..%2fx", "name")]
    public async Task ABadNameNeverReachesTheTables(string path, string field)
    {
        await using var host = await new TestHost().StartAsync();
        if (path.Contains("%00", StringComparison.Ordinal))
        {
            // The server itself turns such a path away.
            using var answer = await host.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            return;
        }

        await Problems.InvalidAsync(host, path, field);
    }

    [Theory]
    [InlineData("/api/v1/datasets/gold/none")]
    [InlineData("/api/v1/datasets/gold/none/quality")]
    [InlineData("/api/v1/datasets/gold/none/preview")]
    [InlineData("/api/v1/lineage/gold/none")]
    [InlineData("/api/v1/lineage/models/none")]
    public async Task AnUnknownDatasetIsNotFound(string path)
    {
        await using var host = await new TestHost().StartAsync();

        await host.GetJsonAsync(path, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task LineageNamesTheColumnsEachColumnComesFrom()
    {
        await using var host = await new TestHost().StartAsync();
        host.AddObservations();
        await SaveEvidenceAsync(host);

        var lineage = await host.GetJsonAsync("/api/v1/lineage/silver/observations");

        Assert.Equal("silver/observations", lineage.GetProperty("dataset").GetString());
        Assert.Equal("bronze/observations", lineage.GetProperty("inputs")[0].GetString());
        var column = lineage.GetProperty("columns")[0];
        Assert.Equal("high", column.GetProperty("name").GetString());
        var origin = column.GetProperty("from")[0];
        Assert.Equal(
            ("bronze/observations", "temp_max", "transformation"),
            (origin.GetProperty("dataset").GetString(), origin.GetProperty("column").GetString(), origin.GetProperty("kind").GetString()));
    }

    internal static ValueTask SaveEvidenceAsync(TestHost host, string source = "temp_max")
    {
        var id = DatasetId.Table(Layer.Silver, "observations");
        var bronze = DatasetId.Table(Layer.Bronze, "observations");
        var verdict = new Verdict { Rule = "between", Column = "high", Outcome = VerdictOutcome.NotEvaluated, Checked = 12, Failed = 3, Observed = "<b>bold</b>" };
        var lineage = new DatasetLineage(
            id,
            "weather.silver",
            [bronze],
            [new ColumnLineage("high", [new ColumnOrigin(bronze, source, LineageKind.Transformation)])],
            [new ColumnOrigin(bronze, "date", LineageKind.Filter)]);
        return host.Metadata.SaveEvidenceAsync(new DatasetEvidence(id, "2", "r1", TestHost.Now, [verdict], lineage));
    }

    internal static void Quarantine(TestHost host)
    {
        static StringArray Text(string? value) => value is null ? new StringArray.Builder().AppendNull().Build() : new StringArray.Builder().Append(value).Build();
        host.Tables.Add(
            DatasetId.Table(Layer.Quarantine, "weather.silver"),
            new RecordBatch(
                QuarantineSchema.Schema,
                [
                    Text("check"), Text("bad.csv"), new Int64Array.Builder().Append(7).Build(), Text("between"), Text("high"),
                    Text("<script>alert(1)</script>"), Text("too hot"), Text(null), Text(null),
                ],
                1));
    }
}
