using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace DataEngineX.ML.Internal;

/// <summary>
/// Makes the ML.NET pipeline of a candidate. Inputs are the model's columns by their own names, numbers as <see cref="float"/>;
/// everything made on the way is named with a prefix that keeps it apart from them.
/// </summary>
internal static class ModelPipeline
{
    public const string LabelColumn = "__label";
    private const string FeaturesColumn = "__features";
    private const string SharedColumn = "__shared";
    private const string RawColumn = "__raw";

    /// <summary>Learns a model from the chosen rows.</summary>
    public static ITransformer Fit(TrainingSpec spec, CandidateSpec candidate, TrainingSet set, int[] rows, out DataViewSchema schema)
    {
        // A new context for each fit: the random stream of one fit must not depend on those before it.
        var context = new MLContext(spec.Seed);
        using var batch = set.ToBatch(spec, rows);
        var view = new RecordBatchDataView(batch);
        var model = Create(context, spec, candidate, set.GroupsOf(rows)).Fit(view);
        schema = view.Schema;
        return model;
    }

    /// <summary>What a model predicts for the chosen rows, in their order.</summary>
    public static double[] Predict(ITransformer model, TrainingSpec spec, TrainingSet set, int[] rows)
    {
        using var batch = set.ToBatch(spec, rows);
        var scored = model.Transform(new RecordBatchDataView(batch));
        return [.. scored.GetColumn<float>("Score").Select(s => (double)s)];
    }

    private static EstimatorChain<ITransformer> Create(MLContext context, TrainingSpec spec, CandidateSpec candidate, string[] groups)
    {
        var transforms = context.Transforms;
        IEstimator<ITransformer> pipeline = transforms.Concatenate(RawColumn, [.. spec.Features]);
        var parts = new List<string> { RawColumn };
        foreach (var category in spec.Categories)
        {
            var encoded = $"__category_{category}";
            pipeline = pipeline.Append(transforms.Categorical.OneHotEncoding(
                encoded, category, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue));
            parts.Add(encoded);
        }

        if (spec.Season is { } season)
            pipeline = AddSeason(context, pipeline, parts, spec, candidate, season);
        pipeline = pipeline
            .Append(transforms.Concatenate(SharedColumn, [.. parts]))
            .Append(transforms.NormalizeMeanVariance(SharedColumn, fixZero: false));
        parts = candidate.PerGroup ? [] : [SharedColumn];
        pipeline = AddGroups(context, pipeline, parts, spec, candidate, groups).Append(transforms.Concatenate(FeaturesColumn, [.. parts]));
        // Trainers read the data many times; without the checkpoint every pass would compute all features again.
        return pipeline.AppendCacheCheckpoint(context).Append(candidate.Trainer(context, LabelColumn, FeaturesColumn));
    }

    private static IEstimator<ITransformer> AddSeason(
        MLContext context, IEstimator<ITransformer> pipeline, List<string> parts, TrainingSpec spec, CandidateSpec candidate, string season)
    {
        // Products with the season need its first harmonic even where it is no feature of its own.
        var harmonics = candidate.Interactions ? Math.Max(1, candidate.Harmonics) : candidate.Harmonics;
        for (var h = 1; h <= harmonics; h++)
        {
            var scale = ((float)(2 * Math.PI * h / spec.SeasonPeriod)).ToString("R", CultureInfo.InvariantCulture);
            foreach (var wave in new[] { "sin", "cos" })
            {
                var column = $"__{wave}_{h}";
                pipeline = pipeline.Append(context.Transforms.Expression(column, $"day => {wave}(day * {scale}f)", season));
                parts.Add(column);
            }
        }

        if (!candidate.Interactions)
            return pipeline;
        foreach (var wave in new[] { "sin", "cos" })
        {
            var column = $"__by_{wave}";
            pipeline = pipeline.Append(context.Transforms.Expression(column, "(x, s) => x * s", RawColumn, $"__{wave}_1"));
            parts.Add(column);
        }

        return pipeline;
    }

    private static IEstimator<ITransformer> AddGroups(
        MLContext context,
        IEstimator<ITransformer> pipeline,
        List<string> parts,
        TrainingSpec spec,
        CandidateSpec candidate,
        string[] groups)
    {
        for (var g = 0; g < groups.Length; g++)
        {
            // The group's own level is a feature in either case; its own weights only when asked for.
            var level = $"__group_{g}";
            pipeline = pipeline.Append(context.Transforms.Expression(level, $"g => g == \"{Escape(groups[g])}\" ? 1f : 0f", spec.Group!));
            parts.Add(level);
            if (!candidate.PerGroup)
                continue;
            pipeline = pipeline.Append(context.Transforms.Expression($"{level}_features", "(x, g) => x * g", SharedColumn, level));
            parts.Add($"{level}_features");
        }

        return pipeline;
    }

    // Group names come from data: as \u escapes nothing in them can end the literal.
    private static string Escape(string text)
        => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : $"\\u{(int)c:x4}"));
}
