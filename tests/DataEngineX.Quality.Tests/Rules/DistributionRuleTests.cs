using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Rules;

/// <summary>Rules on how values are distributed, and go together.</summary>
public class DistributionRuleTests
{
    [Fact]
    public void The_chi_square_test_says_what_that_of_scipy_says()
    {
        var even = Partition.OfValues([0, 1, 2, 3, 4, 5], [.. Enumerable.Repeat(1 / 6.0, 6)]);
        var verdict = Suites.Verdict(Counted(16, 18, 16, 14, 12, 12), q => q.ChiSquare("x", even));
        Assert.Equal(VerdictOutcome.Pass, verdict.Outcome);
        Assert.Equal(0.84914503608460956, double.Parse(verdict.ObservedJson!, System.Globalization.CultureInfo.InvariantCulture), 1e-12);
        Assert.Equal("statistic", verdict.Details[0].Name);
        Assert.Equal(2.0, double.Parse(verdict.Details[0].Json, System.Globalization.CultureInfo.InvariantCulture), 1e-12);
        Assert.Equal(VerdictOutcome.Fail, Suites.Verdict(Counted(160, 18, 16, 14, 12, 12), q => q.ChiSquare("x", even)).Outcome);
    }

    [Fact]
    public void A_value_that_is_not_expected_is_impossible_without_a_holdout()
    {
        var two = Partition.OfValues([0, 1], [0.5, 0.5]);
        var verdict = Suites.Verdict(Counted(50, 50, 1), q => q.ChiSquare("x", two));
        Assert.Equal((VerdictOutcome.Fail, "0"), (verdict.Outcome, verdict.ObservedJson));
        Assert.Equal(VerdictOutcome.Pass, Suites.Verdict(Counted(50, 50, 1), q => q.ChiSquare("x", two, holdout: 0.01)).Outcome);
        Assert.Equal(VerdictOutcome.NotEvaluated, Suites.Verdict(Counted(), q => q.ChiSquare("x", two)).Outcome);
        Assert.Throws<ArgumentException>(() => new ChiSquareRule("x", Partition.OfIntervals([0, 1], [1])));
        Assert.Throws<ArgumentException>(() => new ChiSquareRule("x", Partition.OfValues([1], [1])));
        Assert.Throws<ArgumentException>(() => new ChiSquareRule("x", two, 2));
    }

    [Fact]
    public void The_association_of_two_columns_is_what_the_table_of_counts_says()
    {
        var random = new Random(7);
        for (var round = 0; round < 50; round++)
        {
            var rows = Enumerable.Range(0, random.Next(2, 200)).Select(_ => (A: (long)random.Next(4), B: random.Next(5) == 0 ? null : $"b{random.Next(3)}")).ToList();
            var verdict = Suites.Verdict(
                Rows.Of(("a", Int64Type.Default, [.. rows.Select(r => (object)r.A)]), ("b", StringType.Default, [.. rows.Select(r => r.B)])), q => q.Association("a", "b", null, 1));
            var wanted = Naive([.. rows.Where(r => r.B is not null)]);
            if (wanted is null)
                Assert.Null(verdict.ObservedJson);
            else
                Assert.Equal(wanted.Value, double.Parse(verdict.ObservedJson!, System.Globalization.CultureInfo.InvariantCulture), 1e-9);
        }
    }

    [Fact]
    public void Columns_that_are_the_same_go_together_and_ids_are_no_categories()
    {
        using var same = Rows.Longs("a", 1, 2, 1, 2, 3);
        Assert.Equal("1", Suites.Verdict(same.SliceShared(0, 5), q => q.Association("a", "a", 0.9)).ObservedJson);
        Assert.Equal(VerdictOutcome.Fail, Suites.Verdict(same.SliceShared(0, 5), q => q.Association("a", "a", null, 0.9)).Outcome);
        var ids = Suites.Verdict(Rows.Longs("a", [.. Enumerable.Range(0, 1500).Select(i => (long?)i)]), q => q.Association("a", "a", 0));
        Assert.Equal(VerdictOutcome.Error, ids.Outcome);
        Assert.Contains("more than 1000 different values", ids.Message, StringComparison.Ordinal);
    }

    private static double? Naive(List<(long A, string? B)> rows)
    {
        var (a, b) = (rows.GroupBy(r => r.A).ToDictionary(g => g.Key, g => g.Count()), rows.GroupBy(r => r.B!).ToDictionary(g => g.Key, g => g.Count()));
        var least = Math.Min(a.Count, b.Count);
        if (least < 2)
            return null;
        var chi = 0d;
        foreach (var (x, n) in a)
        {
            foreach (var (y, m) in b)
            {
                var expected = (double)n * m / rows.Count;
                chi += Math.Pow(rows.Count(r => r.A == x && r.B == y) - expected, 2) / expected;
            }
        }

        return Math.Sqrt(chi / rows.Count / (least - 1));
    }

    private static RecordBatch Counted(params int[] counts) =>
        Rows.Longs("x", [.. counts.SelectMany((n, i) => Enumerable.Repeat((long?)i, n)), null]);
}
