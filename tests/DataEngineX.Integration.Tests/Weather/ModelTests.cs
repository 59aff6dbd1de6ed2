using DataEngineX.ML;
using Microsoft.Extensions.DependencyInjection;
using WeatherService;

namespace DataEngineX.Integration.Tests.Weather;

public sealed class ModelTests
{
    [Fact]
    public async Task The_model_chosen_before_2015_beats_the_better_baseline_in_2015_and_in_both_cities()
    {
        await using var weather = new LocalWeather();
        weather.Place("history.csv", Observations.Lines);
        await weather.RunToGoldAsync();
        await weather.RunAsync(WeatherTrain.Name);

        var models = weather.Lake.Services.GetRequiredService<IModelRegistry>();
        var champion = await models.FindVersionAsync(WeatherTrain.Model, ModelAliases.Champion);
        var card = ModelCard.FromJson(champion!.Card!);
        Assert.True(card.TrainedUntil < new DateTime(2015, 1, 1));
        Assert.All(card.Folds, f => Assert.True(f.End <= new DateTime(2015, 1, 1)));

        var holdout = card.Holdout!;
        Assert.Equal(730, holdout.Model.Overall.Rows);
        Assert.Equal("persistence", holdout.BestBaseline);
        Assert.True(holdout.Gain >= 0.05, $"The gain is {holdout.Gain:P1}.");
        Assert.True(holdout.Difference!.Low > 0, $"The interval begins at {holdout.Difference.Low}.");
        var best = holdout.Baselines.Single(b => b.Name == holdout.BestBaseline);
        Assert.Equal(["New York", "Seattle"], holdout.Model.Groups.Keys.Order(StringComparer.Ordinal));
        Assert.All(holdout.Model.Groups, g => Assert.True(g.Value.MeanAbsoluteError <= best.Groups[g.Key].MeanAbsoluteError, g.Key));
    }
}
