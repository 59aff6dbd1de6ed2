using DataEngineX.ML.Tests.Support;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.ML.Tests.Scoring;

/// <summary>From a table to a trained model to a table of scores, through the runner.</summary>
public sealed class TrainAndScoreTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_is_trained_once_on_equal_data_and_its_rows_add_up()
    {
        await using var lake = Lake();
        await lake.RunAsync("series", Cancel);

        var first = await lake.RunAsync("train", Cancel);
        var second = await lake.RunAsync("train", Cancel);

        Assert.Equal((RunState.Succeeded, "1"), (first.State, first.Version));
        // The last day of each town has no day after it to learn from.
        Assert.Equal((2192L, 2190L, 2L), (first.Rows.Read, first.Rows.Written, first.Rows.Filtered));
        Assert.Equal((RunState.Succeeded, (string?)null), (second.State, second.Version));
        var registry = lake.Services.GetRequiredService<IModelRegistry>();
        var version = Assert.Single(await registry.ListVersionsAsync("series", Cancel));
        Assert.Equal((first.Id, first.RunKey), (version.RunId, version.Record!.RunKey));
        Assert.Equal("gold/series", Assert.Single(version.Inputs).Dataset.ToString());
    }

    [Fact]
    public async Task What_a_pipeline_trained_another_scores_with()
    {
        await using var lake = Lake();
        await lake.RunAsync("series", Cancel);
        await lake.RunAsync("train", Cancel);

        var run = await lake.RunAsync("scored", Cancel);

        Assert.Equal((RunState.Succeeded, 2192L, 2192L), (run.State, run.Rows.Read, run.Rows.Written));
        var rows = await lake.ReadAsync<ScoredTownDay>(Layer.Gold, "scored", Cancel);
        Assert.All(rows, r => Assert.Equal(1, r.ModelVersion));
        var truth = Towns.Days.ToDictionary(d => (d.Town, d.Day), d => d.Value!.Value);
        var errors = rows.Where(r => truth.ContainsKey((r.Town, r.Day.AddDays(1))))
            .Select(r => Math.Abs(r.Score!.Value - truth[(r.Town, r.Day.AddDays(1))])).ToList();
        Assert.Equal(2190, errors.Count);
        // The noise alone has a mean absolute error of 0.5; persistence errs by more than 1.
        Assert.InRange(errors.Average(), 0.4, 0.6);
    }

    private static InMemoryLakehouse Lake() => new(dex => dex
        .AddModels()
        .AddSeries(Towns.Days)
        .AddPipeline("train", p => p.ReadTable(Layer.Gold, "series").TrainModel("series", Series.Describe))
        .AddScoring(f => f.Score("series")));
}
