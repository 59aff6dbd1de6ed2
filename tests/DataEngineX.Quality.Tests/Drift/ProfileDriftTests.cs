using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Drift;

public class ProfileDriftTests
{
    [Fact]
    public async Task A_shift_is_detected_and_its_absence_is_not()
    {
        var random = new Random(8);
        var before = await Readings(random, 4000, 0, 0.1);
        var same = ProfileDrift.Between(before, await Readings(random, 3000, 0, 0.1));
        Assert.Equal(DriftGrade.None, same.Grade);
        Assert.All(same.ToVerdicts(), v => Assert.Equal(VerdictOutcome.Pass, v.Outcome));
        var moved = ProfileDrift.Between(before, await Readings(random, 3000, 1.5, 0.1));
        Assert.Equal(DriftGrade.Detected, moved.Find("temp")!.Grade);
        Assert.Equal(DriftGrade.None, moved.Find("station")!.Grade);
        Assert.InRange(moved.Find("temp")!.Wasserstein!.Value, 1.4, 1.6);
        Assert.InRange(moved.Find("temp")!.KolmogorovSmirnov!.Value.PValue, 0, 1e-12);
        var verdict = moved.ToVerdicts().Single(v => v.Column == "temp");
        Assert.Equal((VerdictOutcome.Fail, Severity.Error), (verdict.Outcome, verdict.Severity));
        Assert.StartsWith("the population stability index is", verdict.Observed, StringComparison.Ordinal);
        var emptied = ProfileDrift.Between(before, await Readings(random, 3000, 0, 0.5));
        Assert.Equal(DriftGrade.Detected, emptied.Find("temp")!.Grade);
        Assert.StartsWith("the share of nulls went from 0.", emptied.Find("temp")!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Measures_over_bins_are_those_of_the_samples()
    {
        var random = new Random(3);
        double[] x = [.. Enumerable.Range(0, 900).Select(_ => Math.Round(random.NextDouble() * 100))], y = [.. Enumerable.Range(0, 700).Select(_ => Math.Round(random.NextDouble() * 90))];
        foreach (var kind in Enum.GetValues<BinKind>())
        {
            var options = new DriftOptions { BinKind = kind, Bins = 8, LogBase = 2 };
            var drift = ProfileDrift.Between(await Numbers(x), await Numbers(y), options).Columns[0];
            var edges = kind == BinKind.Quantiles ? DriftBins.QuantileEdges(x, 8) : DriftBins.EqualWidthEdges(x, 8);
            var (a, b) = (DriftBins.Counts(x, edges), DriftBins.Counts(y, edges));
            Assert.Equal(a, drift.Bins.Select(d => d.Before));
            Assert.Equal(b, drift.Bins.Select(d => d.After));
            Close.To(DriftMeasures.PopulationStabilityIndex(a, b), drift.PopulationStabilityIndex);
            Close.To(DriftMeasures.JensenShannonDistance(a, b, 2), drift.JensenShannon);
            Close.To(DriftMeasures.Hellinger(a, b), drift.Hellinger);
            Assert.Equal(DriftMeasures.ChiSquareOfTwo(a, b), drift.ChiSquare);
            Close.To(DriftMeasures.Wasserstein(x, y), drift.Wasserstein);
            var test = DriftMeasures.KolmogorovSmirnov(x, y, KolmogorovSmirnovForm.Asymptotic);
            Close.To(test.Statistic, drift.KolmogorovSmirnov!.Value.Statistic);
            Close.To(test.PValue, drift.KolmogorovSmirnov.Value.PValue);
        }
    }

    [Theory]
    [InlineData(DriftMeasure.JensenShannon, 0.2, 0.4)]
    [InlineData(DriftMeasure.Hellinger, 0.2, 0.4)]
    [InlineData(DriftMeasure.KolmogorovSmirnov, 0.2, 0.4)]
    [InlineData(DriftMeasure.KolmogorovSmirnovP, 0.05, 0.001)]
    [InlineData(DriftMeasure.ChiSquareP, 0.05, 0.001)]
    [InlineData(DriftMeasure.Wasserstein, 0.5, 1)]
    public async Task Any_measure_may_grade(DriftMeasure measure, double possible, double detected)
    {
        var options = new DriftOptions { Measure = measure, Possible = possible, Detected = detected };
        double[] x = [.. Enumerable.Range(0, 400).Select(i => i / 100.0)];
        Assert.Equal(DriftGrade.None, ProfileDrift.Between(await Numbers(x), await Numbers(x), options).Grade);
        Assert.Equal(DriftGrade.Detected, ProfileDrift.Between(await Numbers(x), await Numbers([.. x.Select(v => v + 3)]), options).Grade);
    }

    [Fact]
    public async Task Values_that_are_new_are_drift()
    {
        var before = await Texts("a", "b");
        var after = await Texts("a", "c");
        var drift = ProfileDrift.Between(before, after).Columns[0];
        Assert.Equal(DriftGrade.Detected, drift.Grade);
        Assert.Equal([new DriftBin("a", 100, 100), new DriftBin("b", 100, 0), new DriftBin("…", 0, 100)], drift.Bins);
        Assert.Null(drift.KolmogorovSmirnov);
        var constant = ProfileDrift.Between(await Numbers([.. Enumerable.Repeat(5.0, 200)]), await Numbers([.. Enumerable.Repeat(4.0, 200)])).Columns[0];
        Assert.Equal(DriftGrade.Detected, constant.Grade);
    }

    [Fact]
    public async Task Too_few_values_are_not_evaluated_and_other_types_are_changes_of_the_schema()
    {
        var few = ProfileDrift.Between(await Numbers([1, 2, 3]), await Numbers([7, 8, 9]));
        Assert.Equal(DriftGrade.NotEvaluated, few.Grade);
        Assert.Equal(VerdictOutcome.NotEvaluated, few.ToVerdicts().Single(v => v.Column == "x").Outcome);
        Assert.Equal(DriftGrade.Detected, ProfileDrift.Between(await Numbers([1, 2, 3]), await Numbers([7, 8, 9]), new DriftOptions { MinValues = 1 }).Grade);
        var other = ProfileDrift.Between(await Numbers([1]), await Texts("a"));
        Assert.Empty(other.Columns);
        Assert.Equal(SchemaDriftKind.TypeChanged, Assert.Single(other.Schema).Kind);
        Assert.Equal(VerdictOutcome.Fail, other.ToVerdicts().Single().Outcome);
        var measure = ProfileDrift.Between(await Texts("a"), await Texts("a"), new DriftOptions { Measure = DriftMeasure.Wasserstein });
        Assert.Equal(DriftGrade.NotEvaluated, measure.Grade);
        var one = await Numbers([1]);
        Assert.Throws<ArgumentException>(() => ProfileDrift.Between(one, one, new DriftOptions { Bins = 1 }));
    }

    private static Task<Profile> Numbers(double[] values) => ProfileRun.OfAsync(("x", DoubleType.Default, [.. values.Select(v => (object?)v)]));

    private static Task<Profile> Texts(params string[] values) =>
        ProfileRun.OfAsync(("x", StringType.Default, [.. Enumerable.Range(0, 200).Select(i => (object?)values[i % values.Length])]));

    private static Task<Profile> Readings(Random random, int rows, double shift, double nulls) => ProfileRun.OfAsync(
        ("temp", DoubleType.Default, [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() < nulls ? null : (object?)(shift + Normal(random)))]),
        ("station", StringType.Default, [.. Enumerable.Range(0, rows).Select(_ => (object?)$"s{random.Next(5)}")]));

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
