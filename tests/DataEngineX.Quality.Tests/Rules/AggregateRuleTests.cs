using System.Globalization;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Rules;

public class AggregateRuleTests
{
    [Fact]
    public void Minus_zero_is_observed_as_zero_wherever_it_stands()
    {
        foreach (var values in (double?[][])[[-0.0, 0.0], [0.0, -0.0], [-0.0]])
        {
            foreach (var aggregate in (ColumnAggregate[])[ColumnAggregate.Min, ColumnAggregate.Max, ColumnAggregate.Median])
                Assert.Equal("0", Suites.Verdict(Rows.Doubles("x", values), q => q.Add(new AggregateRule("x", aggregate, null, null))).ObservedJson);
            var quantiles = Suites.Verdict(Rows.Doubles("x", values), q => q.Quantiles("x", [new QuantileBand(0.5, null, null)]));
            Assert.DoesNotContain("-0", quantiles.ObservedJson, StringComparison.Ordinal);
        }
    }

    /// <summary>Each aggregate of random columns of several types against the plain way to compute it, for every way of cutting batches.</summary>
    [Theory]
    [InlineData("int64")]
    [InlineData("int32")]
    [InlineData("uint64")]
    [InlineData("double")]
    [InlineData("float")]
    [InlineData("decimal")]
    [InlineData("bool")]
    public void Aggregates_are_what_the_plain_way_gives(string kind)
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var random = new Random(seed);
            var values = Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(5) == 0 ? (double?)null : kind == "bool" ? random.Next(2) : random.Next(0, 12) / (kind is "double" or "float" or "decimal" ? 4d : 1d)).ToArray();
            var present = values.OfType<double>().Order().ToArray();
            var result = Suites.Check(Column(kind, values), q => q
                .Min("x", null, null).Max("x", null, null).Mean("x", null, null).Median("x", null, null).Sum("x", null, null)
                .StandardDeviation("x", null, null).DistinctCount("x", null, null).DistinctShare("x", null, null).Entropy("x", null, null)
                .Quantiles("x", [new QuantileBand(0.3, null, null)], QuantileInterpolation.Linear)
                .Quantiles("x", [new QuantileBand(0.3, null, null)])).Verdicts;
            var mean = present.Length == 0 ? double.NaN : present.Average();
            Near(present.Length == 0 ? null : present[0], result[0]);
            Near(present.Length == 0 ? null : present[^1], result[1]);
            Near(present.Length == 0 ? null : mean, result[2]);
            Near(present.Length == 0 ? null : (present[(present.Length - 1) / 2] + present[present.Length / 2]) / 2, result[3]);
            Near(present.Sum(), result[4]);
            Near(present.Length < 2 ? null : Math.Sqrt(present.Sum(v => (v - mean) * (v - mean)) / (present.Length - 1)), result[5]);
            Near(present.Distinct().Count(), result[6]);
            Near(present.Length == 0 ? 0 : present.Distinct().Count() / (double)present.Length, result[7]);
            Near(-present.GroupBy(v => v).Select(g => g.Count() / (double)present.Length).Sum(p => p * Math.Log(p)), result[8]);
            if (present.Length == 0)
                continue;
            var position = 0.3 * (present.Length - 1);
            var (low, high) = (present[(int)Math.Floor(position)], present[(int)Math.Ceiling(position)]);
            Near(low + ((high - low) * (position - Math.Floor(position))), Quantile(result[9]), result[9]);
            Near(present[(int)Math.Round(position, MidpointRounding.ToEven)], Quantile(result[10]), result[10]);
        }
    }

    [Fact]
    public void A_sum_of_integers_is_exact_where_doubles_are_not()
    {
        var verdict = Suites.Verdict(Rows.Longs("x", long.MaxValue, long.MaxValue, 1, null), q => q.Sum("x", decimal.Parse("18446744073709551615", CultureInfo.InvariantCulture), decimal.Parse("18446744073709551615", CultureInfo.InvariantCulture)));
        Assert.Equal((VerdictOutcome.Pass, "18446744073709551615"), (verdict.Outcome, verdict.Observed));
        var cents = Rows.Of(("x", new Decimal128Type(20, 2), [0.1m, 0.2m, null]));
        Assert.Equal("0.3", Suites.Verdict(cents, q => q.Sum("x", 0.3m, 0.3m)).Observed);
    }

    [Fact]
    public void A_deviation_far_from_zero_keeps_its_digits()
    {
        var values = Enumerable.Range(0, 10_000).Select(i => (double?)(1e9 + (i % 2))).ToArray();
        var verdict = Suites.Verdict(Rows.Doubles("x", values), q => q.StandardDeviation("x", 0.50002, 0.50003));
        Assert.True(verdict.Outcome == VerdictOutcome.Pass, verdict.ToString());
    }

    [Theory]
    [InlineData("2024-03-01", "2024-03-05", VerdictOutcome.Pass)]
    [InlineData("2024-03-02", "2024-03-05", VerdictOutcome.Fail)]
    public void Times_and_texts_have_extremes(string min, string max, VerdictOutcome outcome)
    {
        var rows = Rows.Of(
            ("t", new TimestampType(TimeUnit.Millisecond, (string?)null), [new DateTime(2024, 3, 1), null, new DateTime(2024, 3, 5)]),
            ("s", StringType.Default, ["b", "é", "a"]));
        var result = Suites.Check(rows, q => q.Min("t", min, null).Max("t", null, max).Median("t", null, null).Max("s", "é", "é").Min("s", null, "a")).Verdicts;
        Assert.Equal(outcome, result[0].Outcome);
        Assert.Equal(VerdictOutcome.Pass, result[1].Outcome);
        Assert.Equal("2024-03-03T00:00:00", result[2].Observed![..19]);
        Assert.Equal("é", result[3].Observed);
        Assert.Equal(VerdictOutcome.Pass, result[4].Outcome);
    }

    [Theory]
    [InlineData(false, "NaN")]
    [InlineData(true, "2")]
    public void NaN_poisons_an_aggregate_unless_it_is_missing(bool missing, string max)
    {
        var result = Suites.Check(
            Rows.Doubles("x", 1, double.NaN, 2), q => (missing ? q.NaNIsMissing() : q).Max("x", 0, 5).Mean("x", 0, 5).Median("x", 0, 5).Sum("x", 0, 5)).Verdicts;
        Assert.Equal(max, result[0].Observed);
        Assert.All(result, v => Assert.Equal(missing ? VerdictOutcome.Pass : VerdictOutcome.Fail, v.Outcome));
    }

    [Fact]
    public void No_value_lies_in_no_bounds_and_a_sum_or_count_of_nothing_is_zero()
    {
        var result = Suites.Check(Rows.Doubles("x", null, null), q => q
            .Min("x", 0, null).Mean("x", null, 5).Median("x", null, null).StandardDeviation("x", 0, 1).Sum("x", 0, 0).DistinctCount("x", 0, 0).DistinctShare("x", 0, 0)
            .DistinctInSet("x", 1).DistinctContain("x", 1).MostCommon("x", [1])).Verdicts;
        VerdictOutcome[] expected =
        [
            VerdictOutcome.Fail, VerdictOutcome.Fail, VerdictOutcome.Pass, VerdictOutcome.Fail, VerdictOutcome.Pass, VerdictOutcome.Pass, VerdictOutcome.Pass,
            VerdictOutcome.Pass, VerdictOutcome.Fail, VerdictOutcome.Fail,
        ];
        Assert.Equal(expected, result.Select(v => v.Outcome));
        Assert.Null(result[0].ObservedJson);
    }

    [Theory]
    [InlineData(1, 3, false, false, true)]
    [InlineData(3, 3, true, false, false)]
    [InlineData(3, 3, false, true, false)]
    [InlineData(3.5, null, false, false, false)]
    [InlineData(null, 2.5, false, false, false)]
    public void Bounds_are_inside_unless_strict(object? min, object? max, bool strictMin, bool strictMax, bool passes)
    {
        foreach (var rows in new[] { Rows.Longs("x", 3, 3), Rows.Doubles("x", 3, 3) })
            Assert.Equal(passes, Suites.Check(rows, q => q.Max("x", min, max, strictMin, strictMax).Median("x", min, max, strictMin, strictMax)).Verdicts.All(v => v.Outcome == VerdictOutcome.Pass));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Texts("x", "a"), q => q.Mean("x", 0, 1)));
        Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Longs("x", 1), q => q.Max("x", "a", null)));
        Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Longs("x", 1), q => q.Max("x", 5, 1)));
        Assert.Throws<ArgumentException>(() => new AggregateRule("x", ColumnAggregate.Max, double.NaN, null));
        Assert.Throws<ArgumentException>(() => new QuantilesRule("x", [new QuantileBand(1.5, 0, 1)]));
    }

    [Fact]
    public void Sets_of_values_and_the_most_common()
    {
        var texts = Rows.Texts("x", "b", "a", null, "b", "c", "a");
        var result = Suites.Check(texts, q => q.DistinctInSet("x", "a", "b", "c", 7).DistinctContain("x", "a", "z").DistinctEqual("x", "c", "b", "a")
            .MostCommon("x", ["a"]).MostCommon("x", ["a"], tiesAllowed: true).MostCommon("x", ["z"], tiesAllowed: true)).Verdicts;
        Assert.Equal("PFPFPF", string.Concat(result.Select(v => v.Outcome.ToString()[0])));
        Assert.Equal("""["a", "b", "c"]""", result[0].ObservedJson);
        Assert.Equal("""[{"value": "a", "count": 2}, {"value": "b", "count": 2}, {"value": "c", "count": 1}]""", Assert.Single(result[0].Details).Json);
        Assert.Equal("""["a", "b"]""", result[3].ObservedJson);
    }

    [Fact]
    public void Gaps_are_intervals_without_a_row()
    {
        object?[] times = [new DateTime(2024, 2, 27, 23, 59, 0), new DateTime(2024, 2, 28), null, new DateTime(2024, 3, 2, 5, 0, 0), new DateTime(2024, 2, 29, 1, 0, 0)];
        var result = Suites.Check(Rows.Of(("t", new TimestampType(TimeUnit.Second, (string?)null), times)), q => q
            .NoGaps("t", Expressions.CalendarUnit.Day).NoGaps("t", Expressions.CalendarUnit.Day, 2).NoGaps("t", Expressions.CalendarUnit.Month).NoGaps("t", Expressions.CalendarUnit.Week)).Verdicts;
        Assert.Equal("FPPP", string.Concat(result.Select(v => v.Outcome.ToString()[0])));
        Assert.Equal("1", result[0].Observed);
        Assert.Equal("""["2024-03-01T00:00:00Z"]""", Assert.Single(result[0].Details).Json);
    }

    [Fact]
    public void Two_columns_correlate_and_tell_of_each_other()
    {
        var rows = Rows.Of(("x", Int64Type.Default, [1L, 2L, 3L, 4L, null]), ("y", DoubleType.Default, [2.0, 4.0, 6.0, 9.0, 1.0]), ("z", StringType.Default, ["a", "a", "b", "b", "c"]), ("w", Int64Type.Default, [1L, 1L, 2L, 2L, 3L]));
        var result = Suites.Check(rows, q => q.Correlation("x", "y", 0.99, 1).MutualInformation("z", "w", 1, 1.06).Completeness(["x", "y"], 0.8).Completeness(["x", "y"], 1).Completeness(["x", "y"], 1, any: true)).Verdicts;
        Assert.Equal("PPPFP", string.Concat(result.Select(v => v.Outcome.ToString()[0])));
        Assert.Equal(0.994376712684369, double.Parse(result[0].Observed!, CultureInfo.InvariantCulture), 1e-9);
    }

    private static RecordBatch Column(string kind, double?[] values) => kind switch
    {
        "int64" => Rows.Of(("x", Int64Type.Default, [.. values.Select(v => v is { } n ? (object?)(long)n : null)])),
        "int32" => Rows.Of(("x", Int32Type.Default, [.. values.Select(v => v is { } n ? (object?)(int)n : null)])),
        "uint64" => Rows.Of(("x", UInt64Type.Default, [.. values.Select(v => v is { } n ? (object?)(ulong)n : null)])),
        "float" => Rows.Of(("x", FloatType.Default, [.. values.Select(v => v is { } n ? (object?)(float)n : null)])),
        "decimal" => Rows.Of(("x", new Decimal128Type(10, 2), [.. values.Select(v => v is { } n ? (object?)(decimal)n : null)])),
        "bool" => Rows.Of(("x", BooleanType.Default, [.. values.Select(v => v is { } n ? (object?)(n > 0) : null)])),
        _ => Rows.Doubles("x", values),
    };

    private static string Quantile(Verdict verdict) => JsonDocument.Parse(verdict.ObservedJson!).RootElement.GetProperty("values")[0].GetRawText();

    private static void Near(double? expected, Verdict verdict) => Near(expected, verdict.ObservedJson, verdict);

    private static void Near(double? expected, string? observed, Verdict verdict)
    {
        if (observed is "true" or "false")
            observed = observed == "true" ? "1" : "0";
        if (expected is null)
            Assert.Null(observed);
        else
            Assert.True(observed is not null && Math.Abs(double.Parse(observed, CultureInfo.InvariantCulture) - expected.Value) < 1e-9, $"{verdict} is to be {expected}");
    }
}
