using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using DataEngineX.ML.Tests.Support;
using DataEngineX.Testing;

namespace DataEngineX.ML.Tests.Scoring;

/// <summary>What listeners hear of training and scoring; the models have names of their own, since listeners hear all tests.</summary>
public sealed class ScoringTelemetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scoring_tells_rows_duration_and_version()
    {
        using var heard = new Heard("measured-score");
        await using var lake = new InMemoryLakehouse(
            dex => dex.AddModels().AddSeries(Towns.Days[..50]).AddScoring(f => f.Score("measured-score")));
        await lake.RegisterChampionAsync("measured-score");
        await lake.RunAsync("series", Cancel);

        Assert.Equal(RunState.Succeeded, (await lake.RunAsync("scored", Cancel)).State);

        Assert.Equal(50, heard.Values["dataenginex.scoring.rows"].Sum());
        Assert.All(heard.Values["dataenginex.scoring.duration"], d => Assert.True(d > 0));
        var span = Assert.Single(heard.Spans);
        Assert.Equal("score measured-score", span.OperationName);
        Assert.Equal((1, 50), (span.GetTagItem("dataenginex.model.version"), span.GetTagItem("dataenginex.scoring.rows")));
    }

    [Fact]
    public async Task Training_tells_duration_rows_and_the_choice()
    {
        using var heard = new Heard("measured-train");
        await using var lake = new InMemoryLakehouse(dex => dex
            .AddModels()
            .AddSeries(Towns.Days)
            .AddPipeline("train", p => p.ReadTable(Layer.Gold, "series").TrainModel("measured-train", Series.Describe)));
        await lake.RunAsync("series", Cancel);

        Assert.Equal(RunState.Succeeded, (await lake.RunAsync("train", Cancel)).State);

        Assert.True(Assert.Single(heard.Values["dataenginex.training.duration"]) > 0);
        var span = Assert.Single(heard.Spans);
        Assert.Equal(("train measured-train", "per-town"), (span.OperationName, span.GetTagItem("dataenginex.training.chosen")));
    }

    private sealed class Heard : IDisposable
    {
        private readonly MeterListener _meters = new();
        private readonly ActivityListener _activities;

        public Heard(string model)
        {
            _meters.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == DataEngineXDiagnostics.ML)
                    listener.EnableMeasurementEvents(instrument);
            };
            _meters.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i, value, tags, model));
            _meters.SetMeasurementEventCallback<double>((i, value, tags, _) => Add(i, value, tags, model));
            _meters.Start();
            _activities = new ActivityListener
            {
                ShouldListenTo = s => s.Name == DataEngineXDiagnostics.ML,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = a =>
                {
                    if ((string?)a.GetTagItem("dataenginex.model") == model)
                        Spans.Add(a);
                },
            };
            ActivitySource.AddActivityListener(_activities);
        }

        public ConcurrentDictionary<string, ConcurrentBag<double>> Values { get; } = new();

        public ConcurrentBag<Activity> Spans { get; } = [];

        public void Dispose()
        {
            _meters.Dispose();
            _activities.Dispose();
        }

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, string model)
        {
            foreach (var tag in tags)
            {
                if (tag.Key == "dataenginex.model" && (string?)tag.Value == model)
                    Values.GetOrAdd(instrument.Name, _ => []).Add(value);
            }
        }
    }
}
