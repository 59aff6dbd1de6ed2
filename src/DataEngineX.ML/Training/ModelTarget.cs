using Apache.Arrow.Types;
using DataEngineX.ML.Internal;
using DataEngineX.Plans;

namespace DataEngineX.ML;

/// <summary>Ends a pipeline in a new version of a model, trained on the flow's rows and registered in the host's registry.</summary>
/// <remarks>
/// The registry is the host's <see cref="IModelRegistry"/> where one is registered, else the files below <c>models/</c> in the object
/// store. A run key that has been registered before trains nothing. When a process ended between registering a version and moving its
/// alias, the next look at the target moves it. Rows learned from or judged by count as inserted; those that
/// could serve for neither, such as rows without their label, count as deduplicated.
/// </remarks>
public sealed class ModelTarget : PipelineTarget
{
    private readonly TrainingSpec _spec;

    /// <summary>Describes the target; no I/O.</summary>
    /// <param name="name">The model's name: letters, digits, '_', '-' and '.'.</param>
    /// <param name="describe">Describes the training; runs once, now.</param>
    /// <exception cref="PlanException">The description is not whole; the message tells what is missing.</exception>
    public ModelTarget(string name, Action<TrainingBuilder> describe)
    {
        _spec = TrainingSpecs.Describe(name, describe);
        Dataset = DatasetId.Model(name);
    }

    /// <inheritdoc/>
    public override DatasetId Dataset { get; }

    /// <inheritdoc/>
    public override string Disposition => "train";

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var policy = _spec.Promotion;
        writer
            .Field("model", _spec.Name)
            .List("features", _spec.Features.Select(CanonicalWriter.Quote))
            .List("categories", _spec.Categories.Select(CanonicalWriter.Quote))
            .Field("season", _spec.Season)
            .Field("period", _spec.SeasonPeriod.ToString("R", System.Globalization.CultureInfo.InvariantCulture))
            .Field("label", _spec.Label)
            .Field("ahead", _spec.Ahead.Ticks)
            .Field("time", _spec.Time)
            .Field("group", _spec.Group)
            .Field("seed", _spec.Seed)
            .List("baselines", _spec.Baselines.Select(b => $"{CanonicalWriter.Quote(b.Key)}: {CanonicalWriter.Quote(b.Value)}"))
            .List("candidates", _spec.Candidates.Select(c => CanonicalWriter.Quote(c.Canonical)))
            .List("folds", _spec.Folds.Folds.Select(f => $"{f.Origin:yyyy-MM-dd}..{f.End:yyyy-MM-dd}"))
            .Field("holdout_from", _spec.HoldoutFrom?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))
            .Field("holdout_until", _spec.HoldoutUntil?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))
            .Field("promote", policy.Alias)
            .Field("otherwise", policy.Otherwise)
            .Field("minimum_gain", policy.MinimumGain.ToString("R", System.Globalization.CultureInfo.InvariantCulture))
            .Flag("significant", policy.RequireSignificance)
            .Flag("every_group", policy.RequireEveryGroup);
    }

    /// <inheritdoc/>
    public override Apache.Arrow.Schema Bind(Apache.Arrow.Schema flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        foreach (var column in _spec.Numbers.Append(_spec.Label).Concat(_spec.Baselines.Select(b => b.Value)))
            Require(flow, column, "a number", type => NumberFill.For<float>(type) is not null);
        foreach (var column in _spec.Texts)
            Require(flow, column, "text", type => NumberFill.TextFor(type) is not null);
        Require(flow, _spec.Time, "a date or timestamp", type => NumberFill.TimeFor(type) is not null);
        return flow;
    }

    /// <inheritdoc/>
    public override async ValueTask<CommitRecord?> GetLastCommitAsync(DataAccess data, string pipeline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        var registry = ModelTargetWriter.Registry(data);
        var last = await ModelTargetWriter.LastAsync(registry, _spec.Name, pipeline, cancellationToken).ConfigureAwait(false);
        if (last is null)
            return null;
        await AliasPromotion.ResumeAsync(registry, last, cancellationToken).ConfigureAwait(false);
        return last.Record;
    }

    /// <inheritdoc/>
    public override ValueTask<ITargetWriter> OpenAsync(TargetRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ValueTask.FromResult<ITargetWriter>(new ModelTargetWriter(_spec, request));
    }

    private void Require(Apache.Arrow.Schema flow, string column, string expected, Func<IArrowType, bool> fits)
    {
        var index = flow.GetFieldIndex(column);
        if (index < 0)
        {
            throw new PlanException(
                $"Model '{_spec.Name}' needs column '{column}' ({expected}); the flow has "
                + $"{string.Join(", ", flow.FieldsList.Select(f => f.Name))}.",
                "train_model", column);
        }

        var type = flow.FieldsList[index].DataType;
        if (!fits(type))
        {
            throw new PlanException(
                $"Model '{_spec.Name}' needs {expected} in column '{column}', which is {type.Name}.", "train_model", column);
        }
    }
}
