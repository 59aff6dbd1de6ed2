using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests.Building;

public class QualityBuilderTests
{
    private sealed record Reading(string Station, DateTimeOffset ObservedAt, double? TempC, int Kind);

    [Fact]
    public void Typed_and_untyped_write_the_same_suite()
    {
        var typed = new QualityBuilder<Reading>()
            .NotNull(r => new { r.Station, r.ObservedAt }).Critical()
            .Between(r => r.TempC, -90, 60).Mostly(0.99)
            .Between(r => r.Kind, 0, 9, strictMax: true).Where(r => r.TempC > 0)
            .AtLeast(r => r.TempC, -90).Warn()
            .AtMost(r => r.TempC, 60).As(Severity.Info)
            .InSet(r => r.Kind, 1, 2)
            .NotInSet(r => r.Station, "x")
            .Regex(r => r.Station, "^[a-z]").Named("lower")
            .Satisfies(r => r.TempC < 10 || r.Kind == 2)
            .RowCount(1, 100)
            .FreshWithin(r => r.ObservedAt, TimeSpan.FromHours(1))
            .Unique(r => new { r.Station, r.ObservedAt })
            .Add(new NotNullRule("kind"))
            .OnFailure(Gate.Quarantine).WhenNothingToCheck(NothingToCheck.Pass).NaNIsMissing()
            .Build();
        var untyped = new QualityBuilder()
            .NotNull("station", "observed_at").Critical()
            .Between("temp_c", -90, 60m).Mostly(0.99)
            .Between("kind", 0, 9, strictMax: true).Where(Col("temp_c") > 0.0)
            .AtLeast("temp_c", -90L).Warn()
            .AtMost("temp_c", 60).As(Severity.Info)
            .InSet("kind", 1, 2)
            .NotInSet("station", "x")
            .Regex("station", "^[a-z]").Named("lower")
            .Satisfies(Col("temp_c") < 10.0 | Col("kind") == 2)
            .RowCount(1, 100)
            .FreshWithin("observed_at", TimeSpan.FromHours(1))
            .Unique("station", "observed_at")
            .Add(new NotNullRule("kind"))
            .OnFailure(Gate.Quarantine).WhenNothingToCheck(NothingToCheck.Pass).NaNIsMissing()
            .Build();
        Assert.Equal(untyped.Canonical, typed.Canonical);
        Assert.Equal(14, typed.Rules.Count);
        Assert.All(typed.Rules.Take(2), r => Assert.Equal(Severity.Critical, r.Severity));
        Assert.Equal("(between [\"temp_c\"] min=-90 max=60 strict_min=false strict_max=false) mostly=\"0.99\"", typed.Rules[2].ToString());
    }

    [Theory]
    [InlineData("gate")]
    [InlineData("mostly")]
    [InlineData("severity")]
    [InlineData("where")]
    [InlineData("name")]
    [InlineData("bound")]
    [InlineData("nothing")]
    [InlineData("nan")]
    public void Whatever_can_change_verdicts_changes_the_canonical_text(string what)
    {
        var plain = new QualityBuilder().AtLeast("x", 1).Build();
        var changed = what switch
        {
            "gate" => new QualityBuilder().AtLeast("x", 1).OnFailure(Gate.Warn),
            "mostly" => new QualityBuilder().AtLeast("x", 1).Mostly(0.5),
            "severity" => new QualityBuilder().AtLeast("x", 1).Warn(),
            "where" => new QualityBuilder().AtLeast("x", 1).Where(Col("x") > 0),
            "name" => new QualityBuilder().AtLeast("x", 1).Named("least"),
            "bound" => new QualityBuilder().AtLeast("x", 1.5),
            "nothing" => new QualityBuilder().AtLeast("x", 1).WhenNothingToCheck(NothingToCheck.Fail),
            _ => new QualityBuilder().AtLeast("x", 1).NaNIsMissing(),
        };
        Assert.NotEqual(plain.Canonical, changed.Build().Canonical);
    }

    [Fact]
    public void A_suite_without_rules_and_a_modifier_without_a_rule_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new QualityBuilder().Build());
        Assert.Throws<InvalidOperationException>(() => new QualityBuilder().Mostly(1));
        Assert.Throws<PlanException>(() => new QualityBuilder<Reading>().Regex(r => new { r.Station, r.Kind }, "a"));
        Assert.Throws<PlanException>(() => new QualityBuilder<Reading>().NotNull(r => r.Station.Length));
    }

    [Fact]
    public void The_default_gate_stops() => Assert.Equal(Gate.Stop, new QualityBuilder().NotNull("x").Build().Gate);

    [Theory]
    [InlineData(1.0, "1")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e300, "1E300")]
    [InlineData(1500.0, "1500")]
    [InlineData(double.PositiveInfinity, "\"Infinity\"")]
    [InlineData("a\"b", "\"a\\u0022b\"")]
    [InlineData(true, "true")]
    [InlineData(null, "null")]
    public void A_parameter_is_JSON(object? value, string json) => Assert.Equal(json, RuleParameter.Of("p", value).Json);

    [Fact]
    public void Equal_numbers_of_different_types_are_one_parameter()
    {
        Assert.Equal("1.5", RuleParameter.Of("p", 1.50m).Json);
        Assert.Equal(RuleParameter.Of("p", 1.5), RuleParameter.Of("p", 1.50m));
        Assert.Equal(RuleParameter.Of("p", 10), RuleParameter.Of("p", 10f));
        Assert.Equal("[1,\"a\",[null]]", RuleParameter.Of("p", new object?[] { 1, "a", new object?[] { null } }).Json);
        Assert.Equal("\"2024-05-01T12:00:00.0000000Z\"", RuleParameter.Of("p", Suites.Now).Json);
    }
}
