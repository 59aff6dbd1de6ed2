namespace DataEngineX.ML.Internal;

/// <summary>The figures a version is registered with.</summary>
internal static class Metrics
{
    public static IReadOnlyDictionary<string, double> Of(
        ContenderResult chosen, IReadOnlyList<ContenderResult> baselines, HoldoutResult? holdout)
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["rolling.mae"] = chosen.Score };
        foreach (var baseline in baselines)
            metrics[$"rolling.baseline.{baseline.Name}.mae"] = baseline.Score;
        if (holdout is null)
            return metrics;
        metrics["holdout.rows"] = holdout.Model.Overall.Rows;
        metrics["holdout.mae"] = holdout.Model.Overall.MeanAbsoluteError;
        metrics["holdout.rmse"] = holdout.Model.Overall.RootMeanSquaredError;
        foreach (var (group, errors) in holdout.Model.Groups)
            metrics[$"holdout.group.{group}.mae"] = errors.MeanAbsoluteError;
        foreach (var baseline in holdout.Baselines)
            metrics[$"holdout.baseline.{baseline.Name}.mae"] = baseline.Overall.MeanAbsoluteError;
        if (holdout.Gain is { } gain)
            metrics["holdout.gain"] = gain;
        if (holdout.Difference is { } difference)
        {
            metrics["holdout.difference.mean"] = difference.Mean;
            metrics["holdout.difference.low"] = difference.Low;
            metrics["holdout.difference.high"] = difference.High;
        }

        return metrics;
    }
}
