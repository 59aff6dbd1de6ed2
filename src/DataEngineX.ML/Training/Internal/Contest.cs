namespace DataEngineX.ML.Internal;

/// <summary>The rolling-origin evaluation of all candidates and baselines on the same rows.</summary>
internal sealed class Contest
{
    private Contest(IReadOnlyList<ContenderResult> candidates, IReadOnlyList<ContenderResult> baselines)
    {
        Candidates = candidates;
        Baselines = baselines;
    }

    public IReadOnlyList<ContenderResult> Candidates { get; }

    public IReadOnlyList<ContenderResult> Baselines { get; }

    /// <summary>The candidate with the least score; of equal ones the first.</summary>
    public int Best()
    {
        var best = 0;
        for (var i = 1; i < Candidates.Count; i++)
        {
            if (Candidates[i].Score < Candidates[best].Score)
                best = i;
        }

        return double.IsFinite(Candidates[best].Score)
            ? best
            : throw new DataEngineXException($"Candidate '{Candidates[best].Name}' has no finite score; check the features' values.");
    }

    public static Contest Run(TrainingSpec spec, TrainingSet set, CancellationToken cancellationToken)
    {
        var folds = spec.Folds.Folds.Select(fold => (Learned: set.Learned(fold.Learns), Judged: set.Judged(fold.Judges))).ToArray();
        for (var f = 0; f < folds.Length; f++)
        {
            if (folds[f].Learned.Length == 0 || folds[f].Judged.Length == 0)
            {
                throw new DataEngineXException(
                    $"Model '{spec.Name}' cannot be evaluated: the fold from {spec.Folds.Folds[f].Origin:yyyy-MM-dd} has "
                    + $"{folds[f].Learned.Length} complete rows to learn from and {folds[f].Judged.Length} to judge. "
                    + "Check the data or RollingOrigin.");
            }
        }

        var judged = folds.Select(f => f.Judged).ToArray();
        var candidates = new List<ContenderResult>();
        foreach (var candidate in spec.Candidates)
        {
            var predictions = new double[folds.Length][];
            for (var f = 0; f < folds.Length; f++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var model = ModelPipeline.Fit(spec, candidate, set, folds[f].Learned, out _);
                using var owner = model as IDisposable;
                predictions[f] = ModelPipeline.Predict(model, spec, set, folds[f].Judged);
            }

            candidates.Add(Result(set, candidate.Name, candidate.Canonical, judged, predictions));
        }

        var baselines = new List<ContenderResult>();
        for (var b = 0; b < spec.Baselines.Count; b++)
        {
            var values = set.Baselines[b];
            var predictions = judged.Select(rows => System.Array.ConvertAll(rows, r => values[r])).ToArray();
            baselines.Add(Result(set, spec.Baselines[b].Key, spec.Baselines[b].Value, judged, predictions));
        }

        return new Contest(candidates, baselines);
    }

    private static ContenderResult Result(TrainingSet set, string name, string description, int[][] judged, double[][] predictions)
    {
        var folds = judged.Select((rows, f) => ErrorSummary.Of(predictions[f], Errors.Labels(set, rows))).ToArray();
        var groups = Errors.ByGroup(set, [.. judged.SelectMany(rows => rows)], [.. predictions.SelectMany(p => p)]);
        return new ContenderResult(name, description, folds.Average(f => f.MeanAbsoluteError), folds, groups);
    }
}
