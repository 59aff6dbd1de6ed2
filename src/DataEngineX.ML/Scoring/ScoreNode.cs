using DataEngineX.ML.Internal;
using DataEngineX.Plans;

namespace DataEngineX.ML;

/// <summary>Adds to each row the score a registered model gives it, and the version that gave it.</summary>
/// <remarks>
/// The version is looked up once when a run starts, so that all rows of a run are scored by the same one. Both columns are null in all
/// rows while there is no such version; the score alone is null where a feature is null or the group is one the model never saw.
/// The operator name is <c>score</c>.
/// </remarks>
public sealed class ScoreNode : PlanNode
{
    /// <summary>Describes the node; no I/O.</summary>
    /// <param name="input">The rows to score; they need the model's feature columns, found by name.</param>
    /// <param name="model">The model's name: letters, digits, '_', '-' and '.'.</param>
    /// <param name="alias">The alias that serves, or a version number. <value>Default: <c>champion</c>.</value></param>
    /// <param name="scoreColumn">The name of the score, a nullable double. <value>Default: <c>score</c>.</value></param>
    /// <param name="versionColumn">The name of the version, a nullable int32. <value>Default: <c>model_version</c>.</value></param>
    /// <param name="features">The model's features, for lineage alone. <value>Default: null, unknown.</value></param>
    /// <exception cref="ArgumentException">A name cannot be one.</exception>
    public ScoreNode(
        PlanNode input,
        string model,
        string alias = ModelAliases.Champion,
        string scoreColumn = "score",
        string versionColumn = "model_version",
        IReadOnlyList<string>? features = null)
        : base(input)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!DatasetId.IsTableName(model))
            throw new ArgumentException($"'{model}' is not a model name: use letters, digits, '_', '-' and '.'.", nameof(model));
        ArgumentNullException.ThrowIfNull(alias);
        if (!ModelNames.IsAlias(alias) && !ModelNames.TryVersion(alias, out _))
            throw new ArgumentException($"'{alias}' is neither an alias nor a version number.", nameof(alias));
        ArgumentException.ThrowIfNullOrWhiteSpace(scoreColumn);
        ArgumentException.ThrowIfNullOrWhiteSpace(versionColumn);
        if (scoreColumn == versionColumn)
            throw new ArgumentException($"Score and version cannot both be '{scoreColumn}'.", nameof(versionColumn));
        (Model, Alias, ScoreColumn, VersionColumn, Features) = (model, alias, scoreColumn, versionColumn, features);
    }

    /// <summary>The model's name.</summary>
    public string Model { get; }

    /// <summary>The alias, or a version number.</summary>
    public string Alias { get; }

    /// <summary>The name of the score column.</summary>
    public string ScoreColumn { get; }

    /// <summary>The name of the version column.</summary>
    public string VersionColumn { get; }

    /// <summary>The features the caller named, or null.</summary>
    public IReadOnlyList<string>? Features { get; }

    /// <inheritdoc/>
    public override string Operator => "score";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new ScoreNode(inputs[0], Model, Alias, ScoreColumn, VersionColumn, Features);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("model", Model).Field("alias", Alias).Field("score", ScoreColumn).Field("version", VersionColumn);
        if (Features is not null)
            writer.List("features", Features.Select(CanonicalWriter.Quote));
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.Inputs[0].Schema;
        foreach (var added in (string[])[ScoreColumn, VersionColumn])
        {
            if (input.FieldsList.Any(f => f.Name == added))
            {
                throw new PlanException(
                    $"Model '{Model}' adds a column '{added}', and there is one already: give it another name.", Operator, added);
            }
        }

        foreach (var feature in Features ?? [])
        {
            if (!input.FieldsList.Any(f => f.Name == feature))
            {
                throw new PlanException(
                    $"Model '{Model}' is said to take '{feature}'; the flow has {string.Join(", ", input.FieldsList.Select(f => f.Name))}.",
                    Operator, feature);
            }
        }

        return new BoundScore(this, context.Inputs);
    }
}
