using DataEngineX;
using DataEngineX.ML;
using DataEngineX.Pipelines;

namespace WeatherService;

/// <summary>Trains tomorrow's highest temperature. Candidates are compared on 2013 and 2014; 2015 is read once, after the choice.</summary>
public static class WeatherTrain
{
    /// <summary>The pipeline's name.</summary>
    public const string Name = "weather.train";

    /// <summary>The model's name.</summary>
    public const string Model = "next-day-high";

    private static readonly string[] Numbers = ["temp_max", "temp_max_lag1", "temp_min", "precipitation", "wind", "temp_max_mean7", "temp_max_mean30"];

    /// <summary>The columns the model takes.</summary>
    public static IReadOnlyList<string> Features { get; } = [.. Numbers, "weather", "day_of_year_next", "location"];

    /// <summary>Describes the pipeline.</summary>
    /// <param name="p">Where it starts.</param>
    public static PipelineEnd Describe(PipelineBuilder p) => p
        .ReadTable(Layer.Gold, "daily_features")
        .TrainModel(Model, t => t
            .Label("temp_max", ahead: TimeSpan.FromDays(1))
            .TimeColumn("date")
            .GroupBy("location")
            .Features(Numbers)
            .Categories("weather")
            .Season("day_of_year_next")
            .Baseline("persistence", "temp_max")
            .Baseline("climatology", "climatology_next")
            .Candidate("ridge", c => c.Ridge(l2: 0.01))
            .Candidate("ridge per city", c => c.Ridge(l2: 0.01).PerGroup())
            .Candidate("seasonal ridge per city", c => c.Ridge(l2: 0.01).PerGroup().SeasonalInteractions())
            .Candidate("weaker seasonal ridge per city", c => c.Ridge(l2: 0.003).PerGroup().SeasonalInteractions())
            .Candidate("trees", c => c.FastTree(trees: 100, leaves: 8))
            .RollingOrigin(first: new DateOnly(2013, 7, 1), folds: 6, months: 3)
            .Holdout(from: new DateOnly(2015, 1, 1))
            .Promote(new PromotionPolicy { MinimumGain = 0.05, RequireSignificance = true, RequireEveryGroup = true }));
}
