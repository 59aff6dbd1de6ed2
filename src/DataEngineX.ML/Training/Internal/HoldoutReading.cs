using Microsoft.ML;

namespace DataEngineX.ML.Internal;

/// <summary>Judges the chosen model on the rows set aside; there are none while the holdout still lies in the future of the data.</summary>
internal static class HoldoutReading
{
    private const int BlockSteps = 7;

    public static HoldoutResult? Read(TrainingSpec spec, TrainingSet set, ITransformer model)
    {
        if (spec.HoldoutFrom is not { } from)
            return null;
        var rows = set.Judged(time => time >= from && (spec.HoldoutUntil is not { } until || time < until));
        if (rows.Length == 0)
            return null;
        var predictions = ModelPipeline.Predict(model, spec, set, rows);
        var labels = Errors.Labels(set, rows);
        var own = new HoldoutContender("model", ErrorSummary.Of(predictions, labels), Errors.ByGroup(set, rows, predictions));
        var baselines = new List<HoldoutContender>();
        var best = -1;
        for (var b = 0; b < spec.Baselines.Count; b++)
        {
            var said = System.Array.ConvertAll(rows, r => set.Baselines[b][r]);
            baselines.Add(new(spec.Baselines[b].Key, ErrorSummary.Of(said, labels), Errors.ByGroup(set, rows, said)));
            if (best < 0 || baselines[b].Overall.MeanAbsoluteError < baselines[best].Overall.MeanAbsoluteError)
                best = b;
        }

        if (best < 0)
            return new HoldoutResult(from, own, baselines, null, null, null);
        var differences = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            differences[i] = Math.Abs(set.Baselines[best][rows[i]] - labels[i]) - Math.Abs(predictions[i] - labels[i]);
        var interval = BlockBootstrap.Mean(
            differences, System.Array.ConvertAll(rows, r => set.LabelTimes[r]), block: BlockSteps, seed: spec.Seed);
        var gain = 1 - (own.Overall.MeanAbsoluteError / baselines[best].Overall.MeanAbsoluteError);
        return new HoldoutResult(from, own, baselines, baselines[best].Name, gain, interval);
    }
}
