using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Rules;

public class InSetRuleTests
{
    [Fact]
    public void Values_outside_fail_and_nulls_are_not_checked()
    {
        var verdict = Suites.Verdict(Rows.Texts("x", "a", "b", null, "A"), q => q.InSet("x", "a", "b"));
        Assert.Equal((3, 1), (verdict.Checked, verdict.Failed));
        Assert.Equal([3], Suites.Failing(verdict));
        Assert.Equal("x is one of {'a', 'b'}", verdict.Expectation);
    }

    [Fact]
    public void Not_in_set_is_the_opposite_on_the_rows_with_a_value()
    {
        var verdict = Suites.Verdict(Rows.Texts("x", "a", "b", null, "A"), q => q.NotInSet("x", "a", "b"));
        Assert.Equal("not_in_set", verdict.Rule);
        Assert.Equal([0, 1], Suites.Failing(verdict));
    }

    [Fact]
    public void An_empty_set_holds_nothing()
    {
        Assert.Equal(2, Suites.Verdict(Rows.Longs("x", 1, 2, null), q => q.InSet("x")).Failed);
        Assert.Equal(0, Suites.Verdict(Rows.Longs("x", 1, 2, null), q => q.NotInSet("x")).Failed);
    }

    [Fact]
    public void Numbers_are_equal_whatever_their_type()
    {
        Assert.Equal([1], Suites.Failing(Suites.Verdict(Rows.Longs("x", 1, 2), q => q.InSet("x", 1.0, 2.5, 1e300))));
        Assert.Equal([2], Suites.Failing(Suites.Verdict(Rows.Doubles("x", 1, 2.5, 3), q => q.InSet("x", 1, 2.5m))));
        Assert.Equal([1], Suites.Failing(Suites.Verdict(Rows.Of(("x", new Decimal128Type(10, 2), [1.10m, 1.11m])), q => q.InSet("x", 1.1))));
        Assert.Equal([0], Suites.Failing(Suites.Verdict(Rows.Of(("x", Int8Type.Default, [1, 2])), q => q.NotInSet("x", 1, 300))));
    }

    [Fact]
    public void NaN_is_in_a_set_that_holds_it() =>
        Assert.Equal([1], Suites.Failing(Suites.Verdict(Rows.Doubles("x", double.NaN, 1), q => q.InSet("x", double.NaN))));

    [Fact]
    public void Bools_dates_and_dictionary_columns_can_be_looked_up()
    {
        Assert.Equal([1], Suites.Failing(Suites.Verdict(Rows.Of(("x", BooleanType.Default, [true, false, null])), q => q.InSet("x", true))));
        Assert.Equal([1], Suites.Failing(Suites.Verdict(
            Rows.Of(("x", Date32Type.Default, [new DateOnly(2024, 1, 1), new DateOnly(2024, 1, 2)])), q => q.InSet("x", new DateOnly(2024, 1, 1)))));
        Assert.Equal([2], Suites.Failing(Suites.Verdict(
            Rows.Of(("x", new DictionaryType(Int32Type.Default, StringType.Default, false), ["a", null, "b"])), q => q.InSet("x", "a"))));
    }

    [Fact]
    public void Null_in_a_set_and_values_of_another_kind_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new InSetRule("x", [1, null]));
        Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Longs("x", 1), q => q.InSet("x", "1")));
        Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Texts("x", "1"), q => q.InSet("x", 1)));
    }

    [Fact]
    public void Text_is_looked_up_by_its_characters_in_many_values()
    {
        var texts = Enumerable.Range(0, 2000).Select(i => $"näme-{i % 500}").ToArray();
        Assert.Equal(4, Suites.Verdict(Rows.Texts("x", texts), q => q.InSet("x", Enumerable.Range(0, 499).Select(i => $"näme-{i}"))).Failed);
    }

    [Fact]
    public void Whole_numbers_are_found_in_sets_with_and_without_gaps()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            IArrowType type = random.Next(4) switch { 0 => Int8Type.Default, 1 => Int32Type.Default, 2 => UInt64Type.Default, _ => Int64Type.Default };
            var least = random.Next(type is UInt64Type ? 0 : -60, 60);
            HashSet<int> set = [.. Enumerable.Range(least, random.Next(1, 40)).Where(_ => seed % 2 == 0 || random.Next(4) > 0)];
            var values = Enumerable.Range(0, random.Next(1, 200)).Select(_ => random.Next(10) == 0 ? null : (object?)random.Next(type is UInt64Type ? 0 : -100, 120)).ToArray();
            foreach (var negated in (bool[])[false, true])
            {
                var rule = new InSetRule("x", set.Cast<object?>(), negated);
                var verdict = Suites.Verdict(Rows.Of(("x", type, values)), q => q.Add(rule));
                var failing = values.Index().Where(v => v.Item is int value && set.Contains(value) == negated).Select(v => (long)v.Index).ToList();
                Assert.True(failing.Count == verdict.Failed && failing.Take(20).SequenceEqual(Suites.Failing(verdict)), $"seed {seed}");
            }
        }
    }
}
