using System.Globalization;
using DataEngineX.ML.Internal;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace DataEngineX.ML;

/// <summary>Describes one way to learn a model: how features are prepared, and which trainer learns from them.</summary>
public sealed class CandidateBuilder
{
    private TrainerFactory _trainer = CreateRidge(0.01, 60);
    private string _trainerText = RidgeText(0.01, 60);
    private int _harmonics = 2;
    private bool _interactions;
    private bool _perGroup;

    internal CandidateBuilder()
    {
    }

    /// <summary>A linear model with a quadratic penalty, learned by stochastic dual coordinate ascent on one thread. The default.</summary>
    /// <param name="l2">The penalty, above 0; features are standardised. <value>Default: 0.01.</value></param>
    /// <param name="iterations">The most passes over the data. <value>Default: 60.</value></param>
    /// <returns>This candidate.</returns>
    public CandidateBuilder Ridge(double l2 = 0.01, int iterations = 60)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(l2);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        _trainer = CreateRidge(l2, iterations);
        _trainerText = RidgeText(l2, iterations);
        return this;
    }

    /// <summary>Gradient-boosted regression trees on one thread.</summary>
    /// <param name="trees">How many trees. <value>Default: 100.</value></param>
    /// <param name="leaves">The most leaves of a tree. <value>Default: 8.</value></param>
    /// <param name="learningRate">How much each tree counts. <value>Default: 0.05.</value></param>
    /// <param name="rowsPerLeaf">The fewest training rows of a leaf. <value>Default: 20.</value></param>
    /// <returns>This candidate.</returns>
    public CandidateBuilder FastTree(int trees = 100, int leaves = 8, double learningRate = 0.05, int rowsPerLeaf = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trees, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(leaves, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(learningRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(rowsPerLeaf, 1);
        _trainer = (context, label, features) => context.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options
        {
            LabelColumnName = label,
            FeatureColumnName = features,
            NumberOfTrees = trees,
            NumberOfLeaves = leaves,
            LearningRate = learningRate,
            MinimumExampleCountPerLeaf = rowsPerLeaf,
            NumberOfThreads = 1,
        });
        _trainerText = string.Create(
            CultureInfo.InvariantCulture, $"fast_tree(trees={trees}, leaves={leaves}, rate={learningRate:R}, rows={rowsPerLeaf})");
        return this;
    }

    /// <summary>Any ML.NET regression trainer.</summary>
    /// <param name="text">Its name and settings: part of the pipeline's fingerprint and the model card, so change it with them.</param>
    /// <param name="create">Makes the trainer from context, label column and feature-vector column. It should use one thread.</param>
    /// <returns>This candidate.</returns>
    public CandidateBuilder Trainer(string text, Func<MLContext, string, string, IEstimator<ITransformer>> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentNullException.ThrowIfNull(create);
        _trainer = (context, label, features) => create(context, label, features);
        _trainerText = text;
        return this;
    }

    /// <summary>How many sine and cosine pairs describe the season. <value>Default: 2.</value></summary>
    /// <param name="count">0 to 8.</param>
    /// <returns>This candidate.</returns>
    public CandidateBuilder Harmonics(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 8);
        _harmonics = count;
        return this;
    }

    /// <summary>Adds the product of every number with the first harmonic, so that its weight may turn with the season.</summary>
    /// <returns>This candidate.</returns>
    public CandidateBuilder SeasonalInteractions()
    {
        _interactions = true;
        return this;
    }

    /// <summary>Gives each group weights of its own within the one model.</summary>
    /// <returns>This candidate.</returns>
    public CandidateBuilder PerGroup()
    {
        _perGroup = true;
        return this;
    }

    internal CandidateSpec Build(string name) => new(name, _trainer, _trainerText, _harmonics, _interactions, _perGroup);

    private static string RidgeText(double l2, int iterations)
        => string.Create(CultureInfo.InvariantCulture, $"ridge(l2={l2:R}, iterations={iterations})");

    private static TrainerFactory CreateRidge(double l2, int iterations)
        => (context, label, features) => context.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options
        {
            LabelColumnName = label,
            FeatureColumnName = features,
            L2Regularization = (float)l2,
            L1Regularization = 0f,
            MaximumNumberOfIterations = iterations,
            ConvergenceTolerance = 1e-4f,
            NumberOfThreads = 1,
        });
}
