using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.ML.Tests.Forecasts;

public sealed record Forecast(string Location, DateOnly ForDate, double? High, int? ModelVersion, double? Persistence, double? Climatology);

public sealed record Observation(string Location, DateOnly Date, double? TempMax);

/// <summary>Forecasts beside what came true, with errors small enough to be summed by hand.</summary>
public sealed class TrackForecastsTests
{
    private static readonly Forecast[] Said =
    [
        new("oslo", new(2015, 6, 1), 20, 1, 18, 15),
        new("oslo", new(2015, 6, 2), 21, 1, 19, null),
        new("rome", new(2015, 6, 1), 30, 2, 34, 29),
        new("rome", new(2015, 6, 3), 33, 2, 30, 28),
        new("oslo", new(2015, 6, 4), null, 2, 30, 28),
        new("oslo", new(2015, 6, 3), 22, 2, 20, 16),
    ];

    private static readonly Observation[] Seen =
    [
        new("oslo", new(2015, 6, 1), 19),
        new("oslo", new(2015, 6, 2), 25),
        new("rome", new(2015, 6, 1), 31),
        new("rome", new(2015, 6, 3), null),
        new("oslo", new(2015, 6, 4), 5),
        new("rome", new(2015, 6, 2), 5),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Errors_are_means_over_the_rows_whose_truth_is_known()
    {
        await using var lake = await LakeAsync(Said, Seen);

        var report = await ReportAsync(lake);

        // Model: |20-19|, |21-25|, |30-31|. Persistence: 1, 6, 3. Climatology, where it is known: 4, 2.
        Assert.Equal(("high", 3L, 2.0), (report.Model, report.Forecasts, report.MeanAbsoluteError!.Value));
        Assert.Equal(["climatology", "persistence"], report.Baselines.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((10.0 / 3, 3.0), (report.Baselines["persistence"], report.Baselines["climatology"]));
    }

    [Fact]
    public async Task The_newest_come_first_and_those_without_truth_are_among_them()
    {
        await using var lake = await LakeAsync(Said, Seen);

        var recent = (await ReportAsync(lake)).Recent;

        Assert.Equal(
            [("oslo", 3, null, 2), ("rome", 3, null, 2), ("oslo", 2, 25.0, 1), ("oslo", 1, 19.0, 1), ("rome", 1, 31.0, 2)],
            recent.Select(r => (r.Key, r.For.Day, r.Actual, r.ModelVersion)));
        Assert.Equal([22, 33, 21, 20, 30], recent.Select(r => r.Forecast));
        Assert.Equal([("persistence", 19.0)], recent[2].Baselines.Select(b => (b.Key, b.Value)));
        Assert.Equal(2, recent[0].Baselines.Count);
    }

    [Fact]
    public async Task Only_the_newest_120_are_told_but_all_are_judged()
    {
        var start = new DateOnly(2015, 1, 1);
        var many = Enumerable.Range(0, 300).Select(i => new Forecast("oslo", start.AddDays(i * 7 % 300), i, 1, 0, 0)).ToArray();
        var seen = many.Select(f => new Observation(f.Location, f.ForDate, f.High + 2)).ToArray();
        await using var lake = await LakeAsync(many, seen);

        var report = await ReportAsync(lake);

        Assert.Equal((300L, 2.0), (report.Forecasts, report.MeanAbsoluteError!.Value));
        Assert.Equal(Enumerable.Range(0, 120).Select(i => start.AddDays(299 - i)), report.Recent.Select(r => r.For));
    }

    [Fact]
    public async Task Before_there_are_tables_the_report_is_empty()
    {
        await using var lake = await LakeAsync([], []);

        var report = await ReportAsync(lake);

        Assert.Equal(("high", 0L, null), (report.Model, report.Forecasts, report.MeanAbsoluteError));
        Assert.Empty(report.Baselines);
        Assert.Empty(report.Recent);
    }

    [Fact]
    public async Task Without_a_table_of_actuals_forecasts_are_told_and_none_is_judged()
    {
        await using var lake = await LakeAsync(Said, []);

        var report = await ReportAsync(lake);

        Assert.Equal((0L, null, 5), (report.Forecasts, report.MeanAbsoluteError, report.Recent.Count));
        Assert.All(report.Recent, r => Assert.Null(r.Actual));
    }

    [Fact]
    public async Task The_report_is_made_again_only_when_a_table_changed()
    {
        var state = new InMemoryState();
        await using var lake = await LakeAsync(Said, Seen[..1], state);
        var performance = lake.Services.GetRequiredService<IModelPerformance>();
        var first = await performance.GetAsync(Cancel);

        Assert.Same(first, await performance.GetAsync(Cancel));
        Assert.Equal(1, first.Forecasts);

        // Another process writes what was seen since.
        await using var later = await LakeAsync(Said, Seen, state);
        var second = await performance.GetAsync(Cancel);
        Assert.Equal(3, second.Forecasts);
        Assert.Same(second, await performance.GetAsync(Cancel));
    }

    [Theory]
    [InlineData("Forecasts")]
    [InlineData("Key")]
    [InlineData("For")]
    [InlineData("Value")]
    [InlineData("Version")]
    [InlineData("Actuals")]
    [InlineData("ActualValue")]
    public void A_description_that_is_not_whole_is_refused_at_once_and_says_what_to_call(string missing)
    {
        var error = Assert.Throws<PlanException>(() => new InMemoryLakehouse(dex => dex.TrackForecasts("high", f =>
        {
            Call("Forecasts", () => f.Forecasts(Layer.Gold, "forecasts"));
            Call("Key", () => f.Key("location"));
            Call("For", () => f.For("date"));
            Call("Value", () => f.Value("high"));
            Call("Version", () => f.Version("model_version"));
            Call("Actuals", () => f.Actuals(Layer.Silver, "observations"));
            Call("ActualValue", () => f.ActualValue("temp_max"));
        })));

        Assert.Contains("'high'", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"call {missing}.", error.Message, StringComparison.Ordinal);

        void Call(string name, Action call)
        {
            if (name != missing)
                call();
        }
    }

    [Fact]
    public async Task Each_model_is_followed_once_and_models_stand_beside_each_other()
    {
        await using var lake = new InMemoryLakehouse(dex =>
        {
            dex.TrackForecasts("high", Describe).TrackForecasts("low", Describe);
            Assert.Throws<PlanException>(() => dex.TrackForecasts("high", Describe));
        });

        Assert.Equal(["high", "low"], lake.Services.GetServices<IModelPerformance>().Select(p => p.Model));
    }

    private static void Describe(ForecastBuilder f) => f
        .Forecasts(Layer.Gold, "forecasts").Key("location").For("for_date").Value("high").Version("model_version")
        .Baseline("persistence", "persistence").Baseline("climatology", "climatology")
        .Actuals(Layer.Silver, "observations").ActualKey("location").ActualDate("date").ActualValue("temp_max");

    private static async Task<PerformanceReport> ReportAsync(InMemoryLakehouse lake)
        => await lake.Services.GetRequiredService<IModelPerformance>().GetAsync(Cancel);

    private static async Task<InMemoryLakehouse> LakeAsync(Forecast[] forecasts, Observation[] observations, InMemoryState? state = null)
    {
        var lake = new InMemoryLakehouse(
            dex => dex
                .TrackForecasts("high", Describe)
                .AddPipeline("forecasts", p => p.ReadRows("forecasts", forecasts).ReplaceTable(Layer.Gold, "forecasts"))
                .AddPipeline("observations", p => p.ReadRows("observations", observations).ReplaceTable(Layer.Silver, "observations").Unkeyed("a test")),
            state);
        if (forecasts.Length > 0)
            Assert.Equal(RunState.Succeeded, (await lake.RunAsync("forecasts", Cancel)).State);
        if (observations.Length > 0)
            Assert.Equal(RunState.Succeeded, (await lake.RunAsync("observations", Cancel)).State);
        return lake;
    }
}
