using Apache.Arrow;
using Apache.Arrow.Memory;
using BenchmarkDotNet.Attributes;
using DataEngineX.Lakehouse.Storage;
using DataEngineX.ML;
using DataEngineX.Pipelines;

namespace DataEngineX.Benchmarks.Models;

/// <summary>Scoring Arrow batches of different sizes with a ridge model of three features. Divide by the batch size for the time of a row.</summary>
[MemoryDiagnoser]
public class ScoringBenchmarks
{
    private readonly MemoryAllocator _allocator = new NativeMemoryAllocator();
    private string _folder = "";
    private ScorerProvider _provider = null!;
    private ScorerHandle _handle = null!;
    private RecordBatch _batch = null!;

    /// <summary>Rows in the batch.</summary>
    [Params(1, 100, 10_000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public async Task Setup()
    {
        _folder = Directory.CreateTempSubdirectory("dex-benchmark").FullName;
        var registry = new FileModelRegistry(new LocalObjectStore(_folder), TimeProvider.System);
        var trainer = new ModelTrainer("next", t => t.Features("a", "b", "c").Label("y").TimeColumn("day").GroupBy("key").Seed(1)
            .Baseline("zero", "a").Candidate("ridge", c => c.Ridge()).RollingOrigin(new DateOnly(2015, 1, 1), 2, 3));
        using (var rows = RowBatch.Create<Row>(Days(900)))
            trainer.Add(rows);
        var trained = trainer.Train();
        await registry.RegisterAsync(new ModelRegistration { Name = "next", Signature = trained.Signature, Artifact = trained.Artifact }).ConfigureAwait(false);
        _provider = new ScorerProvider(registry);
        _handle = (await _provider.FindAsync("next", "1").ConfigureAwait(false))!;
        _batch = RowBatch.Create<Row>(Days(Rows));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _handle.Dispose();
        _provider.Dispose();
        _batch.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public int Score()
    {
        using var scores = _handle.Scorer.Score(_batch, _allocator);
        return scores.Length;
    }

    private static Row[] Days(int count)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (a, b, c) = (random.NextDouble(), random.NextDouble(), random.NextDouble());
            return new Row("k", new DateOnly(2013, 1, 1).AddDays(i), a, b, c, (2 * a) - b + (0.1 * random.NextDouble()));
        })];
    }

    public sealed record Row(string Key, DateOnly Day, double A, double B, double C, double Y);
}
