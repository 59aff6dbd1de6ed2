using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.AspNetCore.Tests;

/// <summary>One model that adds its two features, and its registry, scorer and performance.</summary>
internal sealed class FakeModels : IModelRegistry, IScorerProvider, IModelPerformance
{
    public const string Name = "next-day-high";

    public static ModelSignature Signature { get; } = new(
        new Schema([new Field("high", DoubleType.Default, true), new Field("day", Int32Type.Default, true), new Field("city", StringType.Default, true)], null),
        new Schema([new Field("score", DoubleType.Default, true)], null));

    public bool HasChampion { get; set; } = true;

    public Exception? LoadFailure { get; set; }

    public int Borrowed { get; set; }

    public string Model => Name;

    public IReadOnlyList<ModelVersion> Versions =>
    [
        new ModelVersion
        {
            Name = Name, Version = 2, CreatedAt = FakeTables.Committed, Signature = Signature, Aliases = HasChampion ? [ModelAliases.Champion] : [],
            Metrics = new Dictionary<string, double> { ["holdout.mae"] = 2.1, ["broken"] = double.NaN }, Card = """{"seed":7}""",
            Inputs = [new InputVersion(DatasetId.Table(Layer.Gold, "daily_features"), "4", null, true)],
        },
        new ModelVersion { Name = Name, Version = 1, CreatedAt = FakeTables.Committed.AddDays(-1), Signature = Signature },
    ];

    public ValueTask<ModelVersion> RegisterAsync(ModelRegistration registration, CancellationToken cancellationToken = default) =>
        throw new DataEngineXException("This registry is read only.");

    public ValueTask<IReadOnlyList<string>> ListModelsAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<IReadOnlyList<string>>([Name]);

    public ValueTask<IReadOnlyList<ModelVersion>> ListVersionsAsync(string name, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(name == Name ? Versions : []);

    public ValueTask<ModelVersion?> FindVersionAsync(string name, string versionOrAlias, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Find(name, versionOrAlias));

    public ValueTask<bool> TrySetAliasAsync(string name, string alias, int version, int? expected, string actor, CancellationToken cancellationToken = default) =>
        throw new DataEngineXException("This registry is read only.");

    public ValueTask<Stream> OpenArtifactAsync(string name, int version, CancellationToken cancellationToken = default) =>
        throw new DataEngineXException("This registry has no artifacts.");

    public ValueTask<ScorerHandle?> FindAsync(string name, string versionOrAlias = ModelAliases.Champion, CancellationToken cancellationToken = default)
    {
        if (LoadFailure is { } failure)
            throw failure;
        return ValueTask.FromResult<ScorerHandle?>(Find(name, versionOrAlias) is { } version ? new Handle(this, new Adder(version)) : null);
    }

    public ValueTask<PerformanceReport> GetAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(new PerformanceReport(
        Name, 3, 1.5, new Dictionary<string, double> { ["persistence"] = 2, ["climatology"] = 2.5 },
        [.. Enumerable.Range(0, 80).Select(i => new ForecastOutcome(
            i % 2 == 0 ? "Seattle" : "New York",
            new DateOnly(2015, 1, 5).AddDays(-i / 2),
            8 + (4 * Math.Sin(i / 6.0)),
            i < 2 ? null : 8.5 + (5 * Math.Sin((i + 1) / 6.0)),
            new Dictionary<string, double> { ["persistence"] = 8.5 + (5 * Math.Sin((i + 3) / 6.0)), ["climatology"] = 9 },
            2))]));

    private ModelVersion? Find(string name, string versionOrAlias) => name == Name
        ? Versions.FirstOrDefault(v => v.Version.ToString(System.Globalization.CultureInfo.InvariantCulture) == versionOrAlias || v.Aliases.Contains(versionOrAlias))
        : null;

    private sealed class Handle : ScorerHandle
    {
        private readonly FakeModels _models;

        public Handle(FakeModels models, IScorer scorer)
        {
            _models = models;
            _models.Borrowed++;
            Scorer = scorer;
        }

        public override IScorer Scorer { get; }

        protected override void Dispose(bool disposing) => _models.Borrowed--;
    }

    private sealed class Adder(ModelVersion model) : IScorer
    {
        public ModelVersion Model { get; } = model;

        public RecordBatch Score(RecordBatch batch, MemoryAllocator allocator)
        {
            var high = (DoubleArray)batch.Column("high");
            var day = (Int32Array)batch.Column("day");
            var city = (StringArray)batch.Column("city");
            var scores = new DoubleArray.Builder();
            for (var i = 0; i < batch.Length; i++)
            {
                if (high.IsNull(i) || day.IsNull(i))
                    scores.AppendNull();
                else
                    scores.Append(high.GetValue(i)!.Value + day.GetValue(i)!.Value + (city.GetString(i)?.Length ?? 0));
            }

            return new RecordBatch(Model.Signature.Outputs, [scores.Build(allocator)], batch.Length);
        }
    }
}
