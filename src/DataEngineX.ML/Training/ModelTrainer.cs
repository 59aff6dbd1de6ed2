using Apache.Arrow;
using DataEngineX.ML.Internal;

namespace DataEngineX.ML;

/// <summary>
/// Trains one model from batches: compares candidates by rolling origin, fits the best once, and reads the holdout once.
/// Not thread-safe; use one for each training.
/// </summary>
public sealed class ModelTrainer
{
    private readonly TrainingSpec _spec;
    private readonly TrainingRows _rows;
    private Apache.Arrow.Schema? _schema;

    /// <summary>Prepares a training.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="describe">Describes the training.</param>
    /// <exception cref="PlanException">The description is not whole; the message tells what is missing.</exception>
    public ModelTrainer(string name, Action<TrainingBuilder> describe)
        : this(TrainingSpecs.Describe(name, describe))
    {
    }

    internal ModelTrainer(TrainingSpec spec)
    {
        _spec = spec;
        _rows = new TrainingRows(spec);
    }

    /// <summary>Takes the rows of a batch, in any order.</summary>
    /// <param name="batch">Borrowed: what is needed is copied.</param>
    /// <exception cref="MalformedDataException">A column is missing, has another type, or the time or group is null.</exception>
    public void Add(RecordBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _schema ??= batch.Schema;
        _rows.Add(batch);
    }

    /// <summary>Trains on all rows taken. Runs on the calling thread; a training of a few thousand rows takes seconds.</summary>
    /// <param name="runId">The run, for the card.</param>
    /// <param name="inputs">The dataset versions the rows come from, for the card.</param>
    /// <param name="cancellationToken">Ends the work between two fits.</param>
    /// <returns>The chosen model.</returns>
    /// <exception cref="DataEngineXException">A fold has nothing to learn from or to judge.</exception>
    public TrainedModel Train(
        string? runId = null, IReadOnlyList<InputVersion>? inputs = null, CancellationToken cancellationToken = default)
    {
        if (_schema is null)
            throw new DataEngineXException($"Model '{_spec.Name}' cannot be trained: no rows came. Check the table the flow reads.");
        var set = _rows.Build();
        var contest = Contest.Run(_spec, set, cancellationToken);
        var chosen = contest.Best();
        var spec = _spec.Candidates[chosen];
        var learned = set.Learned(time => _spec.HoldoutFrom is not { } from || time < from);
        if (learned.Length == 0)
            throw new DataEngineXException($"Model '{_spec.Name}' cannot be trained: no complete row lies before the holdout.");
        cancellationToken.ThrowIfCancellationRequested();
        var model = ModelPipeline.Fit(_spec, spec, set, learned, out var schema);
        using var owner = model as IDisposable;
        var holdout = HoldoutReading.Read(_spec, set, model);
        var decision = Promotion.Decide(_spec.Promotion, holdout, contest.Candidates[chosen], contest.Baselines);
        var groups = set.GroupsOf(learned);
        var card = new ModelCard
        {
            Model = _spec.Name,
            RunId = runId,
            Data = [.. (inputs ?? []).Select(i => i.ToString())],
            Features = [.. _spec.Features, .. _spec.Categories, .. _spec.Season is { } season ? (string[])[season] : []],
            Label = _spec.Label,
            Ahead = _spec.Ahead,
            Group = _spec.Group,
            Groups = groups,
            Seed = _spec.Seed,
            Library = MlNetVersion.Text,
            Chosen = spec.Name,
            TrainingRows = learned.Length,
            TrainedUntil = learned.Max(r => set.LabelTimes[r]),
            Folds = _spec.Folds.Folds,
            Candidates = contest.Candidates,
            Baselines = contest.Baselines,
            Holdout = holdout,
            Promotion = decision,
        };
        var contract = new ScorerContract
        {
            Numbers = [.. _spec.Numbers.Distinct(StringComparer.Ordinal)],
            Texts = [.. _spec.Texts],
            Group = _spec.Group,
            Groups = groups,
        };
        var metrics = Metrics.Of(contest.Candidates[chosen], contest.Baselines, holdout);
        return new TrainedModel(Signature(contract), ModelArtifact.Pack(model, schema, contract), card, metrics);
    }

    private ModelSignature Signature(ScorerContract contract)
    {
        var inputs = contract.Columns.Select(c => new Field(c, _schema!.GetFieldByName(c).DataType, _schema.GetFieldByName(c).IsNullable));
        return new ModelSignature(new Apache.Arrow.Schema(inputs, null), ScorerContract.Outputs);
    }
}
