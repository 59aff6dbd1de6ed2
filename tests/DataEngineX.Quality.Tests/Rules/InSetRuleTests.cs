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
}
