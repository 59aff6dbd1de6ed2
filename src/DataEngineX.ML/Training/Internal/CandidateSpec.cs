using System.Globalization;
using Microsoft.ML;

namespace DataEngineX.ML.Internal;

/// <summary>Makes a trainer for a label column and a feature-vector column.</summary>
internal delegate IEstimator<ITransformer> TrainerFactory(MLContext context, string label, string features);

/// <summary>One frozen candidate.</summary>
internal sealed record CandidateSpec(
    string Name, TrainerFactory Trainer, string TrainerText, int Harmonics, bool Interactions, bool PerGroup)
{
    /// <summary>Everything that changes what is learned, in one spelling.</summary>
    public string Canonical { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: {TrainerText} harmonics={Harmonics}{(Interactions ? " interactions" : "")}{(PerGroup ? " per_group" : "")}");
}
