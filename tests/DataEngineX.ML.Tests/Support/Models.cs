using Apache.Arrow.Memory;

namespace DataEngineX.ML.Tests.Support;

/// <summary>A trained model shared by the tests, and helpers to register and score it.</summary>
internal static class Models
{
    private static readonly Lazy<TrainedModel> s_trained = new(() => Series.Train(Series.Rows()));

    private static readonly Lazy<TrainedModel> s_other = new(() => Series.Train(Series.Rows(seed: 6)));

    public static TrainedModel Trained => s_trained.Value;

    public static TrainedModel Other => s_other.Value;

    public static ModelRegistration Registration(string name = "series", TrainedModel? model = null) => new()
    {
        Name = name,
        Signature = (model ?? Trained).Signature,
        Artifact = (model ?? Trained).Artifact,
        Metrics = (model ?? Trained).Metrics,
        Card = (model ?? Trained).Card.ToJson(),
    };

    public static async Task<ScorerHandle> LoadAsync(TrainedModel? model = null)
    {
        var registry = new FileModelRegistry(new MemoryObjectStore());
        await registry.RegisterAsync(Registration(model: model));
        return (await new ScorerProvider(registry).FindAsync("series", "1"))!;
    }

    public static double?[] Scores(IScorer scorer, Apache.Arrow.RecordBatch batch)
    {
        using var scored = scorer.Score(batch, MemoryAllocator.Default.Value);
        var column = (Apache.Arrow.DoubleArray)scored.Column("score");
        return [.. Enumerable.Range(0, column.Length).Select(i => column.GetValue(i))];
    }
}
