using DataEngineX.ML;
using DataEngineX.Pipelines;

namespace DataEngineX;

/// <summary>Scores the rows of a flow.</summary>
public static class FlowScoringExtensions
{
    /// <summary>
    /// Adds the score a registered model gives each row and the version that gave it; follow it with <c>.As&lt;T&gt;()</c> for typed rows.
    /// Both are null while there is no such version.
    /// </summary>
    /// <param name="flow">The flow; it needs the model's feature columns, found by name.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="alias">The alias that serves, or a version number. <value>Default: <c>champion</c>.</value></param>
    /// <param name="scoreColumn">The name of the score, a nullable double. <value>Default: <c>score</c>.</value></param>
    /// <param name="versionColumn">The name of the version, a nullable int32. <value>Default: <c>model_version</c>.</value></param>
    /// <param name="features">The model's features, for lineage alone. <value>Default: null, unknown.</value></param>
    /// <returns>The flow with both columns.</returns>
    /// <exception cref="ArgumentException">A name cannot be one.</exception>
    public static Flow Score(
        this Flow flow,
        string model,
        string alias = ModelAliases.Champion,
        string scoreColumn = "score",
        string versionColumn = "model_version",
        IReadOnlyList<string>? features = null)
    {
        ArgumentNullException.ThrowIfNull(flow);
        // Not flow.With: the rows of a typed flow have two columns more now.
        return new Flow(new ScoreNode(flow.Node, model, alias, scoreColumn, versionColumn, features));
    }
}
