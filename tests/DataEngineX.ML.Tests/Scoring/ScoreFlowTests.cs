using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.ML.Tests.Support;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.ML.Tests.Scoring;

/// <summary>Scoring inside flows. The lakehouse fails a test whose run leaves memory held.</summary>
public sealed class ScoreFlowTests
{
    private static readonly TownDay[] Days = Towns.Days[..50];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_row_gets_what_the_scorer_says_of_it_whatever_the_batches_are()
    {
        TownDay[] unknown = [Days[0] with { Wind = null }, Days[1] with { Town = "west" }];
        await using var lake = await LakeAsync(f => f.Score("series"), [.. Days, .. unknown], batchRows: 7);
        await lake.RegisterChampionAsync();

        var run = await lake.RunAsync("scored", Cancel);

        Assert.Equal((RunState.Succeeded, 52L), (run.State, run.Rows.Written));
        using var handle = await Models.LoadAsync();
        using var batch = Series.Batch(Series.Rows()[..50]);
        var rows = await lake.ReadAsync<ScoredTownDay>(Layer.Gold, "scored", Cancel);
        Assert.Equal([.. Models.Scores(handle.Scorer, batch), null, null], rows.Select(r => r.Score));
        Assert.Equal(Days.Select(d => (d.Town, d.Day)), rows.Take(50).Select(r => (r.Town, r.Day)));
        Assert.All(rows, r => Assert.Equal(1, r.ModelVersion));
        Assert.Contains(rows.Take(50), r => r.Score is not null);
    }

    [Fact]
    public async Task Without_such_a_model_all_scores_and_versions_are_null()
    {
        await using var lake = await LakeAsync(f => f.Score("series"), Days, batchRows: 7);

        var run = await lake.RunAsync("scored", Cancel);

        Assert.Equal((RunState.Succeeded, 50L), (run.State, run.Rows.Written));
        var rows = await lake.ReadAsync<ScoredTownDay>(Layer.Gold, "scored", Cancel);
        Assert.Equal(50, rows.Count);
        Assert.All(rows, r => Assert.Equal((null, null), (r.Score, r.ModelVersion)));
    }

    [Fact]
    public async Task A_run_scores_with_the_version_that_serves_when_it_starts()
    {
        await using var lake = await LakeAsync(f => f.Score("series"), Days);
        await lake.RegisterChampionAsync();
        await lake.RegisterChampionAsync(model: Models.Other);
        await lake.RunAsync("scored", Cancel);
        Assert.All(await lake.ReadAsync<ScoredTownDay>(Layer.Gold, "scored", Cancel), r => Assert.Equal(2, r.ModelVersion));

        var pinned = await lake.Reader.ToListAsync(
            Flow.Table(Layer.Gold, "series").Score("series", alias: "1").As<ScoredTownDay>(), Cancel);

        Assert.All(pinned, r => Assert.Equal(1, r.ModelVersion));
    }

    [Fact]
    public async Task The_added_columns_are_nullable_and_take_the_names_given()
    {
        await using var lake = await LakeAsync(f => f, Days);
        await foreach (var batch in lake.Reader.ReadAsync(
            Flow.Table(Layer.Gold, "series").Score("series", scoreColumn: "high", versionColumn: "by"), Cancel))
        {
            using (batch)
            {
                var fields = batch.Schema.FieldsList;
                Assert.Equal(["town", "day", "day_next", "value", "wind", "sky", "high", "by"], fields.Select(f => f.Name));
                Assert.IsType<DoubleType>(fields[6].DataType);
                Assert.IsType<Int32Type>(fields[7].DataType);
                Assert.True(fields[6].IsNullable && fields[7].IsNullable);
                Assert.Equal(batch.Length, batch.Column(6).NullCount);
            }
        }
    }

    [Theory]
    [InlineData("value", "model_version", "value")]
    [InlineData("score", "sky", "sky")]
    public async Task A_column_that_is_there_already_is_refused_while_binding(string score, string version, string column)
    {
        await using var lake = await LakeAsync(f => f, Days);

        var error = await Assert.ThrowsAsync<PlanException>(async () => await lake.Reader.ExplainAsync(
            Flow.Table(Layer.Gold, "series").Score("series", scoreColumn: score, versionColumn: version), Cancel));

        Assert.Equal(("score", column), (error.Operator, error.Column));
    }

    [Fact]
    public async Task A_named_feature_that_is_not_there_is_refused_while_binding()
    {
        await using var lake = await LakeAsync(f => f, Days);

        var error = await Assert.ThrowsAsync<PlanException>(async () => await lake.Reader.ExplainAsync(
            Flow.Table(Layer.Gold, "series").Score("series", features: ["value", "rain"]), Cancel));

        Assert.Equal("rain", error.Column);
    }

    [Fact]
    public async Task A_flow_without_a_feature_of_the_model_fails_the_run_and_names_it()
    {
        await using var lake = await LakeAsync(f => f.Select("town", "day", "day_next", "value", "sky").Score("series"), Days);
        await lake.RegisterChampionAsync();

        var run = await lake.RunAsync("scored", Cancel);

        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("'wind'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_without_models_is_told_to_add_them()
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddSeries(Days).AddScoring(f => f.Score("series")));
        await lake.RunAsync("series", Cancel);

        var run = await lake.RunAsync("scored", Cancel);

        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("AddModels()", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_score_comes_from_the_features_named_or_from_columns_unknown()
    {
        await using var lake = new InMemoryLakehouse(dex => dex
            .AddModels()
            .AddSeries(Days)
            .AddScoring(f => f.Score("series"))
            .AddPipeline("told", p => p
                .ReadTable(Layer.Gold, "series").Score("series", features: ["value", "wind"]).ReplaceTable(Layer.Gold, "told")));
        foreach (var pipeline in (string[])["series", "scored", "told"])
            Assert.Equal(RunState.Succeeded, (await lake.RunAsync(pipeline, Cancel)).State);

        var unknown = await OriginsAsync(lake, "scored");
        var told = await OriginsAsync(lake, "told");

        Assert.Equal(
            new[] { "town", "day", "day_next", "value", "wind", "sky" }.Select(c => (c, LineageKind.Unknown)),
            unknown["score"].Select(o => (o.Column, o.Kind)));
        Assert.Equal(
            [("value", LineageKind.Transformation), ("wind", LineageKind.Transformation)], told["score"].Select(o => (o.Column, o.Kind)));
        Assert.Equal([("town", LineageKind.Identity)], told["town"].Select(o => (o.Column, o.Kind)));
        Assert.Empty(told["model_version"]);
    }

    [Fact]
    public async Task Only_conditions_on_other_columns_reach_the_scan_below()
    {
        await using var lake = await LakeAsync(f => f, Days);
        var flow = Flow.Table(Layer.Gold, "series").Score("series");

        Assert.Contains("\"value\"", await ScanAsync(Col("value") > 10.0), StringComparison.Ordinal);
        Assert.DoesNotContain("score", await ScanAsync(Col("score") > 10.0), StringComparison.Ordinal);
        Assert.DoesNotContain("model_version", await ScanAsync(Col("value") > 10.0 & Col("model_version") == 1), StringComparison.Ordinal);

        async Task<string> ScanAsync(Expr condition)
        {
            var plan = await lake.Reader.ExplainAsync(flow.Where(condition), Cancel);
            return plan.Split('\n').Last(l => l.TrimStart().StartsWith("scan ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Whatever_changes_the_result_changes_the_canonical_form()
    {
        var input = Flow.Table(Layer.Gold, "series").Node;
        string[] forms =
        [
            new ScoreNode(input, "a").ToString(),
            new ScoreNode(input, "b").ToString(),
            new ScoreNode(input, "a", "challenger").ToString(),
            new ScoreNode(input, "a", scoreColumn: "x").ToString(),
            new ScoreNode(input, "a", versionColumn: "x").ToString(),
            new ScoreNode(input, "a", features: ["x"]).ToString(),
        ];

        Assert.Equal(forms.Length, forms.Distinct().Count());
        Assert.All(forms, f => Assert.StartsWith("score ", f, StringComparison.Ordinal));
        Assert.Equal(forms[5], new ScoreNode(input, "a", features: ["x"]).WithInputs([input]).ToString());
    }

    [Theory]
    [InlineData("../a", "champion", "score", "v")]
    [InlineData("a", "no alias", "score", "v")]
    [InlineData("a", "champion", " ", "v")]
    [InlineData("a", "champion", "v", "v")]
    public void Names_that_cannot_be_are_refused_while_describing(string model, string alias, string score, string version)
        => Assert.Throws<ArgumentException>(() => Flow.Table(Layer.Gold, "series").Score(model, alias, score, version));

    private static async Task<Dictionary<string, IReadOnlyList<ColumnOrigin>>> OriginsAsync(InMemoryLakehouse lake, string table)
    {
        var metadata = lake.Services.GetRequiredService<IMetadataStore>();
        var evidence = await metadata.GetEvidenceAsync(DatasetId.Table(Layer.Gold, table), Cancel);
        return evidence!.Lineage!.Columns.ToDictionary(c => c.Name, c => c.From);
    }

    private static async Task<InMemoryLakehouse> LakeAsync(Func<Flow, Flow> score, TownDay[] days, int batchRows = 65_536)
    {
        var lake = new InMemoryLakehouse(dex => dex.AddModels().AddEngine(o => o.BatchRows = batchRows).AddSeries(days).AddScoring(score));
        Assert.Equal(RunState.Succeeded, (await lake.RunAsync("series", Cancel)).State);
        return lake;
    }
}
