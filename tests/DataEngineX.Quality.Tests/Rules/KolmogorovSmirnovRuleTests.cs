using System.Globalization;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Rules;

/// <summary>Rules that ask whether numbers could have been drawn from a distribution, and columns put into bins.</summary>
public class KolmogorovSmirnovRuleTests
{
    private static readonly JsonElement Expected = Reference.Read("distributions.json");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Distribution_functions_are_those_of_scipy()
    {
        foreach (var expected in Expected.GetProperty("functions").EnumerateArray())
        {
            var distribution = Distribution(expected);
            foreach (var (x, below) in expected.Numbers("x").Zip(expected.Numbers("below")))
                Close.To(below, distribution.Below(x), $"{distribution} at {x}");
        }
    }

    [Fact]
    public void The_test_of_one_sample_is_that_of_scipy()
    {
        foreach (var expected in Expected.GetProperty("samples").EnumerateArray().Concat(Expected.GetProperty("intervals").EnumerateArray()))
        {
            var distribution = Distribution(expected);
            var verdict = Suites.Verdict(Doubles(expected.Numbers("x"), withNull: true), q => q.KolmogorovSmirnov("x", distribution));
            Close.To(expected.Number("p"), Number(verdict.ObservedJson), $"{distribution}");
            Close.To(expected.Number("statistic"), Number(verdict.Details[0].Json), $"{distribution}");
            Assert.Equal(expected.Number("p") > 0.05 ? VerdictOutcome.Pass : VerdictOutcome.Fail, verdict.Outcome);
            Assert.Equal(verdict.ObservedJson, Observed(DriftMeasures.KolmogorovSmirnov(expected.Numbers("x"), distribution).PValue));
        }
    }

    [Fact]
    public async Task The_test_of_two_samples_is_that_of_scipy()
    {
        foreach (var expected in Reference.Read("drift.json").GetProperty("samples").EnumerateArray())
        {
            var (own, there) = (Doubles(expected.Numbers("x"), withNull: true), Doubles(expected.Numbers("y"), withNull: false));
            var result = await CheckAsync(q => q.DistributedAs("x", "r"), own, there);
            Close.ToRelative(expected.Number("auto")!.Value, Number(result.ObservedJson), expected.GetProperty("name").GetString()!);
            Close.To(expected.Number("ks"), Number(result.Details[0].Json));
            Assert.Equal(expected.Number("auto") > 0.05 ? VerdictOutcome.Pass : VerdictOutcome.Fail, result.Outcome);
        }
    }

    [Fact]
    public async Task Types_of_numbers_meet_and_what_does_not_fit_is_said()
    {
        using var decimals = Rows.Of(("x", new Decimal128Type(10, 2), [1.25m, 2.5m, 3.75m, null]));
        using var doubles = Rows.Doubles("y", 1.25, 2.5, 3.75);
        var same = await CheckAsync(q => q.DistributedAs("x", "r", "y"), decimals, doubles);
        Assert.Equal((VerdictOutcome.Pass, "1"), (same.Outcome, same.ObservedJson));
        using var texts = Rows.Texts("x", "a");
        var error = await Assert.ThrowsAsync<PlanException>(() => CheckAsync(q => q.DistributedAs("x", "r", "y"), texts, doubles));
        Assert.Contains("must be numeric, not utf8", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<PlanException>(() => CheckAsync(q => q.DistributedAs("y", "r", "x"), doubles, texts));
        Assert.Contains("'x' of 'r' must be numeric, not utf8", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<PlanException>(() => CheckAsync(q => q.DistributedAs("y", "r", "z"), doubles, texts));
        Assert.Contains("'r' has no column 'z'; it has x", error.Message, StringComparison.Ordinal);
        Assert.Throws<PlanException>(() => Suites.Check(Rows.Texts("x", "a"), q => q.KolmogorovSmirnov("x", ExpectedDistribution.Normal())));
    }

    [Fact]
    public async Task Without_values_nothing_is_evaluated_and_NaN_has_no_probability()
    {
        var normal = ExpectedDistribution.Normal();
        Assert.Equal(VerdictOutcome.NotEvaluated, Suites.Verdict(Rows.Doubles("x", null, null), q => q.KolmogorovSmirnov("x", normal)).Outcome);
        var verdict = Suites.Verdict(Rows.Doubles("x", 1, double.NaN), q => q.KolmogorovSmirnov("x", normal));
        Assert.Equal((VerdictOutcome.Fail, "\"NaN\""), (verdict.Outcome, verdict.ObservedJson));
        Assert.Equal(VerdictOutcome.Pass, Suites.Verdict(Rows.Doubles("x", 1, double.NaN), q => q.KolmogorovSmirnov("x", normal).NaNIsMissing()).Outcome);
        using var none = Rows.Doubles("x", [null]);
        using var one = Rows.Doubles("x", 1);
        Assert.Equal(VerdictOutcome.NotEvaluated, (await CheckAsync(q => q.DistributedAs("x", "r"), one, none)).Outcome);
        Assert.Equal(VerdictOutcome.NotEvaluated, (await CheckAsync(q => q.DistributedAs("x", "r"), none, one)).Outcome);
    }

    [Fact]
    public void Small_samples_tell_what_all_values_are_too_many_for()
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 20_000).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
        // Four intervals are too coarse for the normal distribution, which twenty thousand values show and eight do not.
        var coarse = ExpectedDistribution.OfIntervals(Partition.OfIntervals([-4.5, -1, 0, 1, 4.5], [0.1587, 0.3413, 0.3413, 0.1587]));
        Assert.Equal(VerdictOutcome.Fail, Check(values, q => q.KolmogorovSmirnov("x", coarse)).Outcome);
        var sampled = Check(values, q => q.KolmogorovSmirnov("x", coarse, resampling: new Resampling(300)));
        Assert.Equal(VerdictOutcome.Pass, sampled.Outcome);
        Assert.Equal("300 8", $"{sampled.Details[0].Json} {sampled.Details[1].Json}");
        Assert.Equal(sampled.ObservedJson, Check(values, q => q.KolmogorovSmirnov("x", coarse, resampling: new Resampling(300))).ObservedJson);
        double[] moved = [.. values.Select(v => v + 4)];
        Assert.Equal(VerdictOutcome.Fail, Check(moved, q => q.KolmogorovSmirnov("x", coarse, resampling: new Resampling(300))).Outcome);
    }

    [Fact]
    public async Task The_distribution_of_a_saved_profile_is_one_to_be_held_against()
    {
        var random = new Random(5);
        double[] before = [.. Enumerable.Range(0, 3000).Select(_ => random.NextDouble() * random.NextDouble())];
        using var batch = Rows.Doubles("x", [.. before.Select(v => (double?)v)]);
        var profile = Profile.Parse((await Profiler.ProfileAsync(Rows.Stream([batch.SliceShared(0, batch.Length)]), batch.Schema, cancellationToken: Cancel)).ToJson());
        var expected = ExpectedDistribution.OfProfile(profile["x"], 50);
        Assert.Equal(50, expected.Intervals!.Weights.Count);
        double[] after = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble() * random.NextDouble())];
        // A fiftieth of the values lies between two quantiles: so far off the profile may be, and no farther.
        var verdict = Check(after, q => q.KolmogorovSmirnov("x", expected, 0));
        Assert.Equal(DriftMeasures.KolmogorovSmirnov(after, before).Statistic, Number(verdict.Details[0].Json), 0.02);
        double[] other = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble())];
        Assert.Equal(VerdictOutcome.Fail, Check(other, q => q.KolmogorovSmirnov("x", expected)).Outcome);
        using var ties = Rows.Doubles("x", [.. Enumerable.Range(0, 100).Select(i => (double?)(i / 50))]);
        var coarse = await Profiler.ProfileAsync(Rows.Stream([ties.SliceShared(0, ties.Length)]), ties.Schema, cancellationToken: Cancel);
        Assert.Contains("not continuous", Assert.Throws<ArgumentException>(() => ExpectedDistribution.OfProfile(coarse["x"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_distribution_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ExpectedDistribution.Normal(0, 0));
        Assert.Throws<ArgumentException>(() => ExpectedDistribution.Normal(double.NaN));
        Assert.Throws<ArgumentException>(() => ExpectedDistribution.Gamma(-1));
        Assert.Throws<ArgumentException>(() => ExpectedDistribution.OfIntervals(Partition.OfValues([1, 2], [0.5, 0.5])));
        Assert.Throws<ArgumentException>(() => ExpectedDistribution.OfIntervals(Partition.OfIntervals([double.NegativeInfinity, 0], [1])));
        Assert.Throws<ArgumentException>(() => ExpectedDistribution.OfIntervals(Partition.OfIntervals([0, 1], [0.8], [0.1, 0.1])));
        Assert.Throws<ArgumentException>(() => ExpectedDistribution.OfQuantiles([0, 0.5], [1, 2]));
        Assert.Throws<ArgumentException>(() => ExpectedDistribution.OfQuantiles([0, 0.5, 1], [1, 1, 2]));
        Assert.Throws<ArgumentException>(() => new KolmogorovSmirnovRule("x", ExpectedDistribution.Normal(), 1.5));
        Assert.Throws<ArgumentException>(() => new KolmogorovSmirnovRule("x", ExpectedDistribution.Normal(), resampling: new Resampling(0)));
        Assert.Throws<ArgumentException>(() => new SameDistributionRule("x", "r", probability: -1));
    }

    [Fact]
    public void Numbers_in_bins_go_together_as_the_table_of_scipy_says()
    {
        foreach (var expected in Expected.GetProperty("associations").EnumerateArray())
        {
            var bins = expected.GetProperty("bins").GetInt32();
            var batch = Rows.Of(
                ("a", DoubleType.Default, [.. expected.Numbers("a").Select(v => (object)v)]), ("b", DoubleType.Default, [.. expected.Numbers("b").Select(v => (object)v)]));
            var verdict = Suites.Verdict(batch, q => q.Association("a", "b", 0, 1, ColumnBins.Of(bins), ColumnBins.Of(bins)));
            Close.To(expected.Number("v"), Number(verdict.ObservedJson));
        }
    }

    [Fact]
    public void Bins_of_texts_are_the_most_common_ones_or_groups()
    {
        Func<RecordBatch> batch = () => Rows.Of(
            ("a", StringType.Default, ["a", "a", "b", "b", "c", "c", "d", "d", "e", "e", "f", "f"]),
            ("b", StringType.Default, ["a", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]));
        Assert.Equal(0.8498365855987975, Number(Suites.Verdict(batch(), q => q.Association("a", "b", null, null, null, ColumnBins.Of(2))).ObservedJson), 1e-12);
        Assert.Equal(1.0, Number(Suites.Verdict(batch(), q => q.Association("a", "b", null, null, null, ColumnBins.OfGroups(["b", "c"], ["d", "e"], ["f", "g"]))).ObservedJson), 1e-12);
        var error = Assert.Throws<PlanException>(() => Suites.Check(batch(), q => q.Association("a", "b", null, 1, ColumnBins.Between(1, 2))));
        Assert.Contains("lie in no intervals", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ColumnBins.Of(0));
        Assert.Throws<ArgumentException>(() => ColumnBins.Between(1, 1));
        Assert.Throws<ArgumentException>(() => ColumnBins.Between(1, double.NaN));
        Assert.Throws<ArgumentException>(() => ColumnBins.OfGroups());
    }

    [Fact]
    public void Missing_is_a_category_where_the_rule_says_so_and_edges_reach_to_all_numbers()
    {
        Func<RecordBatch> batch = () => Rows.Of(
            ("a", DoubleType.Default, [null, null, null, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0, 4.0, 4.0, 4.0]),
            ("b", StringType.Default, [null, null, null, "a", "b", "c", "a", "b", "c", "a", "b", "c"]));
        var rule = new AssociationRule("a", "b", null, null, ColumnBins.Of(3), null, missingIsValue: true);
        Assert.Equal(0.5773502691896257, Number(Suites.Verdict(batch(), q => q.Add(rule)).ObservedJson), 1e-12);
        Assert.Equal(0, Number(Suites.Verdict(batch(), q => q.Association("a", "b", null, null, ColumnBins.Of(3))).ObservedJson), 1e-7);
        // 2 lies below the edges, 4 above: three categories, as without any edge between them.
        var edges = new AssociationRule("a", "a", null, null, ColumnBins.Between(2.5, 3.5), ColumnBins.Between(2.5, 3.5));
        Assert.Equal("1", Suites.Verdict(batch(), q => q.Add(edges)).ObservedJson);
        var infinite = Suites.Verdict(Rows.Doubles("x", 1, double.PositiveInfinity), q => q.Association("x", "x", 0, 1, ColumnBins.Of(3)));
        Assert.Contains("infinite numbers", infinite.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_by_two_is_corrected_as_in_scipy()
    {
        foreach (var expected in Reference.Read("drift.json").GetProperty("tables").EnumerateArray().Where(t => t.GetProperty("table")[0].GetArrayLength() == 2))
        {
            var cells = expected.GetProperty("table").EnumerateArray().SelectMany((row, r) => row.EnumerateArray().SelectMany((count, c) => Enumerable.Repeat(((long)r, (long)c), count.GetInt32()))).ToList();
            var batch = Rows.Of(("a", Int64Type.Default, [.. cells.Select(c => (object)c.Item1)]), ("b", Int64Type.Default, [.. cells.Select(c => (object)c.Item2)]));
            var verdict = Suites.Verdict(batch, q => q.Add(new AssociationRule("a", "b", null, null, corrected: true)));
            Close.To(Math.Sqrt(expected.Number("corrected")!.Value / cells.Count), Number(verdict.ObservedJson));
        }
    }

    private static ExpectedDistribution Distribution(JsonElement expected)
    {
        if (!expected.TryGetProperty("name", out var name))
            return ExpectedDistribution.OfIntervals(Partition.OfIntervals(expected.Numbers("edges"), expected.Numbers("weights")));
        var p = expected.Numbers("parameters");
        return name.GetString() switch
        {
            "normal" => ExpectedDistribution.Normal(p[0], p[1]),
            "uniform" => ExpectedDistribution.Uniform(p[0], p[1]),
            "exponential" => ExpectedDistribution.Exponential(p[0], p[1]),
            "gamma" => ExpectedDistribution.Gamma(p[0], p[1], p[2]),
            "beta" => ExpectedDistribution.Beta(p[0], p[1], p[2], p[3]),
            _ => ExpectedDistribution.ChiSquare(p[0], p[1], p[2]),
        };
    }

    private static Verdict Check(double[] values, Func<QualityBuilder, QualityBuilder> rules)
    {
        using var batch = Doubles(values, withNull: false);
        var result = rules(new QualityBuilder()).Build().CheckAsync(Rows.Stream([batch.SliceShared(0, batch.Length)]), batch.Schema, new CheckOptions { Parallelism = 1 }, Cancel).AsTask().GetAwaiter().GetResult();
        return Assert.Single(result.Verdicts);
    }

    private static async Task<Verdict> CheckAsync(Func<QualityBuilder, QualityBuilder> rules, RecordBatch own, RecordBatch there)
    {
        var allocator = new Pipelines.TrackingAllocator();
        var options = new CheckOptions
        {
            Allocator = allocator,
            References = new Dictionary<string, ReferenceRows> { ["r"] = new(there.Schema, _ => Rows.Stream(Rows.Split(there, 7))) },
        };
        var result = await rules(new QualityBuilder()).Build().CheckAsync(Rows.Stream(Rows.Split(own, 11)), own.Schema, options, Cancel);
        Assert.Equal(0, allocator.HeldBytes);
        return Assert.Single(result.Verdicts);
    }

    private static RecordBatch Doubles(double[] values, bool withNull) => Rows.Doubles("x", [.. values.Select(v => (double?)v), .. withNull ? (double?[])[null] : []]);

    private static double Number(string? json) => double.Parse(json!, CultureInfo.InvariantCulture);

    private static string Observed(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
