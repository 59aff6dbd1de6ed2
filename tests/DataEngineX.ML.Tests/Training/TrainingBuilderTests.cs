namespace DataEngineX.ML.Tests.Training;

public class TrainingBuilderTests
{
    public static TheoryData<string, Action<TrainingBuilder>> Faults => new()
    {
        { "no numeric features", t => t.Label("y").TimeColumn("d").Candidate("a").RollingOrigin(new(2021, 1, 1)) },
        { "no candidates", t => t.Features("x").Label("y").TimeColumn("d").RollingOrigin(new(2021, 1, 1)) },
        { "no folds", t => t.Features("x").Label("y").TimeColumn("d").Candidate("a") },
        { "what is predicted", t => t.Features("x").TimeColumn("d").Candidate("a").RollingOrigin(new(2021, 1, 1)) },
        { "how rows are ordered", t => t.Features("x").Label("y").Candidate("a").RollingOrigin(new(2021, 1, 1)) },
        { "'x' is named twice", t => t.Features("x", "x").Label("y").TimeColumn("d").Candidate("a").RollingOrigin(new(2021, 1, 1)) },
        { "there is no season", t => Whole(t).Candidate("b", c => c.SeasonalInteractions()) },
        { "there are no groups", t => Whole(t).Candidate("b", c => c.PerGroup()) },
        { "inside the holdout", t => Whole(t).Holdout(new(2021, 6, 1)) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_description_that_is_not_whole_says_what_is_missing(string part, Action<TrainingBuilder> describe)
    {
        var error = Assert.Throws<PlanException>(() => new ModelTrainer("m", describe));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains("'m'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_used_once()
    {
        Assert.Throws<ArgumentException>(() => new ModelTrainer("m", t => t.Candidate("a").Candidate("a")));
        Assert.Throws<ArgumentException>(() => new ModelTrainer("m", t => t.Baseline("a", "x").Baseline("a", "y")));
        Assert.Throws<ArgumentException>(() => new ModelTrainer("../m", _ => { }));
    }

    [Fact]
    public void Folds_touch_and_never_overlap()
    {
        var folds = new RollingOrigin(new DateOnly(2021, 1, 31), folds: 5, months: 1).Folds;

        for (var f = 1; f < folds.Count; f++)
            Assert.Equal(folds[f - 1].End, folds[f].Origin);
        Assert.All(folds, f => Assert.False(f.Learns(f.Origin)));
        Assert.All(folds, f => Assert.True(f.Judges(f.Origin)));
        Assert.All(folds, f => Assert.False(f.Judges(f.End)));
    }

    private static TrainingBuilder Whole(TrainingBuilder training)
        => training.Features("x").Label("y").TimeColumn("d").Candidate("a").RollingOrigin(new(2021, 1, 1));
}
