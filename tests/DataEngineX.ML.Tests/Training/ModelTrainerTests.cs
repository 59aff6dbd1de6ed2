using DataEngineX.ML.Tests.Support;
using Microsoft.ML;

namespace DataEngineX.ML.Tests.Training;

public class ModelTrainerTests
{
    [Fact]
    public void The_candidate_with_the_least_rolling_error_is_chosen_and_beats_the_baseline()
    {
        var card = Models.Trained.Card;

        Assert.Equal("per-town", card.Chosen);
        Assert.Equal(card.Candidates.Min(c => c.Score), card.Candidates.Single(c => c.Name == card.Chosen).Score);
        Assert.Equal("persistence", card.Holdout!.BestBaseline);
        Assert.True(card.Holdout.Gain > 0.2, $"gain {card.Holdout.Gain}");
        Assert.True(card.Holdout.Difference!.Low > 0);
        Assert.Equal(ModelAliases.Champion, card.Promotion.Alias);
    }

    [Fact]
    public void Equal_data_and_seed_give_equal_metrics_whatever_the_order_and_batches()
    {
        var rows = Series.Rows();
        var trainer = new ModelTrainer("series", Series.Describe);
        var shuffled = rows.ToArray();
        new Random(1).Shuffle(shuffled);
        foreach (var part in shuffled.Chunk(100))
        {
            using var batch = Series.Batch(part);
            trainer.Add(batch);
        }

        Assert.Equal(Models.Trained.Metrics, trainer.Train().Metrics);
    }

    [Fact]
    public void The_past_is_scored_the_same_when_the_future_is_shuffled()
    {
        var rows = Series.Rows();
        // Everything after the second fold's end is future to the first two.
        var cut = new DateOnly(2021, 7, 1);
        var future = rows.Where(r => r.Day >= cut).Select(r => (r.Value, r.Wind, r.Sky)).ToArray();
        new Random(2).Shuffle(future);
        var at = 0;
        var changed = rows
            .Select(r => r.Day < cut ? r : r with { Value = future[at].Value, Wind = future[at].Wind, Sky = future[at++].Sky });

        var card = Series.Train(changed).Card;

        for (var c = 0; c < card.Candidates.Count; c++)
        {
            Assert.Equal(Models.Trained.Card.Candidates[c].Folds.Take(2), card.Candidates[c].Folds.Take(2));
            Assert.NotEqual(Models.Trained.Card.Candidates[c].Folds[2], card.Candidates[c].Folds[2]);
        }
    }

    [Fact]
    public void The_holdout_changes_neither_the_choice_nor_the_model()
    {
        var rows = Series.Rows().Select(r => r.Day >= new DateOnly(2022, 1, 1) ? r with { Value = 1000 - r.Value, Wind = 0 } : r);

        var changed = Series.Train(rows);

        Assert.Equal(Models.Trained.Card.Candidates.Select(c => c.Score), changed.Card.Candidates.Select(c => c.Score));
        Assert.Equal(Models.Trained.Card.TrainingRows, changed.Card.TrainingRows);
        Assert.True(Models.Trained.Card.TrainedUntil < new DateTime(2022, 1, 1));
        Assert.NotEqual(Models.Trained.Metrics["holdout.mae"], changed.Metrics["holdout.mae"]);
    }

    [Fact]
    public void Every_contender_is_judged_on_the_same_rows()
    {
        var card = Models.Trained.Card;

        var counts = card.Candidates.Concat(card.Baselines).Select(c => string.Join(",", c.Folds.Select(f => f.Rows))).Distinct();
        Assert.Equal(["180,182,184"], counts);
        Assert.All(card.Candidates, c => Assert.Equal(Series.Towns, c.Groups.Keys));
        Assert.All(card.Candidates, c => Assert.Equal(546, c.Groups.Values.Sum(g => g.Rows)));
    }

    [Fact]
    public void A_baseline_is_what_its_column_says()
    {
        var rows = Series.Rows();
        var expected = new List<double>();
        foreach (var today in rows.Where(r => r.Day >= new DateOnly(2020, 12, 31) && r.Day < new DateOnly(2021, 3, 31)))
        {
            var tomorrow = rows.Single(r => r.Town == today.Town && r.Day == today.Day.AddDays(1));
            expected.Add(Math.Abs(tomorrow.Value!.Value - today.Value!.Value));
        }

        Assert.Equal(expected.Average(), Models.Trained.Card.Baselines[0].Folds[0].MeanAbsoluteError, 9);
    }

    [Fact]
    public void A_gap_in_time_gives_no_label_from_a_later_day()
    {
        var gap = new DateOnly(2021, 2, 10);

        var card = Series.Train(Series.Rows().Where(r => r.Day != gap)).Card;

        // The missing day costs two rows in each town: its own, and the one whose label it was.
        Assert.Equal(180 - 4, card.Candidates[0].Folds[0].Rows);
    }

    [Fact]
    public void Rows_with_a_missing_feature_are_neither_learned_from_nor_judged()
    {
        var holes = Series.Rows().Select(r => r.Day.Day == 15 ? r with { Wind = null } : r);

        var card = Series.Train(holes).Card;

        Assert.Equal(180 - 6, card.Candidates[0].Folds[0].Rows);
        Assert.True(card.TrainingRows < Models.Trained.Card.TrainingRows);
    }

    [Fact]
    public void Of_equal_candidates_the_first_is_chosen()
    {
        var card = Series.Train(Series.Rows(), t => Common(t).Candidate("b").Candidate("a")).Card;

        Assert.Equal(card.Candidates[0].Score, card.Candidates[1].Score);
        Assert.Equal("b", card.Chosen);
    }

    [Fact]
    public void Trees_and_trainers_of_ones_own_take_part()
    {
        var card = Series.Train(Series.Rows(), t => Common(t)
            .Candidate("trees", c => c.FastTree(trees: 20, leaves: 4).Harmonics(1))
            .Candidate("online", c => c.Trainer(
                "online(1)", (ml, label, features) => ml.Regression.Trainers.OnlineGradientDescent(label, features)))).Card;

        Assert.Equal(["trees", "online"], card.Candidates.Select(c => c.Name));
        Assert.All(card.Candidates, c => Assert.True(double.IsFinite(c.Score)));
        Assert.Contains("online(1)", card.Candidates[1].Description, StringComparison.Ordinal);
    }

    [Fact]
    public void The_card_survives_its_json()
    {
        var card = Models.Trained.Card;

        var read = ModelCard.FromJson(card.ToJson());

        Assert.Equal(card.ToJson(), read.ToJson());
        Assert.Equal(card.Holdout!.Model.Groups, read.Holdout!.Model.Groups);
        Assert.StartsWith("Microsoft.ML 5", read.Library, StringComparison.Ordinal);
        Assert.Equal(["value", "wind", "sky", "day_next"], read.Features);
    }

    [Fact]
    public void Names_with_quotes_and_other_scripts_are_groups_like_others()
    {
        var rows = Series.Rows().Select(r => r with { Town = r.Town == "north" ? "a\"b\\ => 1" : "日本" }).ToList();

        var trained = Series.Train(rows);

        Assert.Equal(Models.Trained.Metrics["rolling.mae"], trained.Metrics["rolling.mae"], 2);
        Assert.Equal(2, trained.Card.Groups.Count);
    }

    [Theory]
    [InlineData(0.99, false, "challenger")]
    [InlineData(0.01, true, "champion")]
    public void The_policy_decides_the_alias(double minimumGain, bool worthy, string alias)
    {
        var decision = Series.Train(Series.Rows(), t => Common(t).Candidate("ridge", c => c.PerGroup()).Promote(
            new PromotionPolicy { MinimumGain = minimumGain, RequireSignificance = true, RequireEveryGroup = true })).Card.Promotion;

        Assert.Equal(worthy, decision.Worthy);
        Assert.Equal(alias, decision.Alias);
    }

    [Fact]
    public void A_group_that_got_worse_can_stop_the_promotion()
    {
        // In the south tomorrow is always today, so nothing beats persistence there; its noise keeps the rest learnable.
        var rows = Series.Rows().Select(r => r.Town == "south" ? r with { Value = 3 } : r);

        var decision = Series.Train(rows, t => Common(t).Candidate("ridge", c => c.PerGroup()).Promote(
            new PromotionPolicy { RequireEveryGroup = true })).Card.Promotion;

        Assert.False(decision.Worthy);
        Assert.Contains("'south'", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_learn_from_is_an_error_that_names_the_fold()
    {
        var error = Assert.Throws<DataEngineXException>(() => Series.Train(Series.Rows(days: 200)));

        Assert.Contains("2021-01-01", error.Message, StringComparison.Ordinal);
        Assert.Throws<DataEngineXException>(() => new ModelTrainer("series", Series.Describe).Train());
    }

    [Fact]
    public void Two_rows_of_one_time_are_refused()
    {
        var rows = Series.Rows();

        var error = Assert.Throws<MalformedDataException>(() => Series.Train(rows.Append(rows[10])));

        Assert.Equal("day", error.Column);
        Assert.Contains("north", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_ends_the_training()
    {
        var trainer = new ModelTrainer("series", Series.Describe);
        using var batch = Series.Batch(Series.Rows());
        trainer.Add(batch);

        Assert.Throws<OperationCanceledException>(() => trainer.Train(cancellationToken: new CancellationToken(true)));
    }

    private static TrainingBuilder Common(TrainingBuilder training) => training
        .Features("value", "wind")
        .Season("day_next")
        .Label("value", ahead: TimeSpan.FromDays(1))
        .TimeColumn("day")
        .GroupBy("town")
        .Baseline("persistence", "value")
        .RollingOrigin(new DateOnly(2021, 1, 1), folds: 2, months: 3)
        .Holdout(new DateOnly(2022, 1, 1));
}
