using System.Text.Json.Nodes;
using Apache.Arrow;
using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests.Json;

public class SuiteJsonTests
{
    private static readonly (object?, object?)[] SomePairs = [(1, "a"), (null, "b")];

    /// <summary>A suite with every rule there is.</summary>
    private static Suite Everything() => new QualityBuilder()
        .NotNull("a").Named("must be there").Critical().Tagged("key", "daily")
        .Null("a").Unique("a").Unique("a", "b").PerGroup("c")
        .Add(new UniqueRule("a", "b") { Ignored = IgnoredRows.AnyMissing })
        .Between("a", 1, 2.5, strictMax: true).Mostly(0.9).Threshold(Severity.Warning, 0.99).Threshold(Severity.Critical, 0.5)
        .Between("t", new DateTime(2024, 1, 2), null).Between("d", 0.1m, decimal.MaxValue).Between("a", double.NegativeInfinity, 7)
        .InSet("a", 1, 2L, 3.5, "x", true).NotInSet("a", "y").Add(new InSetRule("a", null)).Add(new InSetRule("a", [1, "x"], negated: true, lenient: true))
        .Regex("a", "^\\d+$").NotRegex("a", "x").RegexAny("a", "x", "y").RegexAll("a", "x", "y").Add(new RegexRule("a", "(?=x)", backtracking: true))
        .Like("a", "a%", "_b").NotLike("a", "\\%").Add(new LikeRule("a", ["a", "b"], PatternMatch.All))
        .Length("a", 1, 5).Format("a", TextFormat.Email).TimeFormat("a", "yyyy-MM-dd").TimeFormat("a", "%Y", TimeFormatStyle.Strftime)
        .DateText("a").JsonText("a").Add(new JsonSchemaRule("a", """{"type": "object", "required": ["x"]}"""))
        .Increasing("a", strictly: true).Decreasing("a").ZScore("a", 3, doubleSided: false).OfType("a", "int", "float")
        .Satisfies((Col("a") > 1) & Col("b").IsNull() | Col("c").Cast(ArrowTypes.TimestampUtc) == Lit(DateTimeOffset.UnixEpoch))
        .Min("a", 1, null).Max("a", null, 9, strictMax: true).Mean("a", 1, 2).Median("a", 1, 2).Sum("a", 1, 2).StandardDeviation("a", 0, 2)
        .DistinctCount("a", 1, 2).ApproximateDistinctCount("a", 1, 2).DistinctShare("a", 0.5, 1).Entropy("a", 0, 3)
        .Quantiles("a", [new QuantileBand(0.5, 1, null), new QuantileBand(1, null, 2.5)], QuantileInterpolation.Linear)
        .DistinctInSet("a", 1, 2).DistinctContain("a", "x").DistinctEqual("a", 1.5).MostCommon("a", [1, 2], tiesAllowed: true)
        .Divergence("a", Partition.OfValues(["x", 2], [0.4, 0.6]), 0.1, tailHoldout: 0.05)
        .Divergence("a", Partition.OfIntervals([double.NegativeInfinity, 0, 1], [0.4, 0.6]), null)
        .Divergence("a", Partition.OfIntervals([0, 1], [0.8], [0.1, 0.1]), 0, internalHoldout: 0.01)
        .NoGaps("t", CalendarUnit.Hour, 6).FreshWithin("t", TimeSpan.FromHours(36))
        .PairEqual("a", "b").PairGreater("a", "b").PairGreater("a", "b", orEqual: true, IgnoredRows.None).PairInSet("a", "b", SomePairs, IgnoredRows.AnyMissing)
        .DistinctInRow(["a", "b"]).RowSum(["a", "b"], 1.5).Completeness(["a", "b"], 0.9, any: true).Correlation("a", "b", -0.5, 0.5).MutualInformation("a", "b", 0)
        .Add(new PairRule("a", PairComparison.Equal, "b", lenient: true)).Add(new DivergenceRule("a", null, 0.5))
        .Between("a", "2024-01-02", null).TextsAsTimes().Mostly(0.5).PairGreater("a", "b").TextsAsTimes()
        .ForeignKey("a", "others").ForeignKey(["a", "b"], "others", ["x", "y"]).NotInReference(["a"], "others").RowCountAs("others", 0.1)
        .SameAs("a", ColumnAggregate.Sum, "others", "x").MovingDeviation("t", "a", CalendarUnit.Week, 2.5, 8, 3, 0, logarithms: false)
        .ChiSquare("a", Partition.OfValues(["x", 2], [0.4, 0.6]), 0.01, 0.1).Association("a", "b", null, 0.3)
        .KolmogorovSmirnov("a", ExpectedDistribution.Normal(1.5, 2)).KolmogorovSmirnov("a", ExpectedDistribution.Uniform(-1, 3), 0.01).KolmogorovSmirnov("a", ExpectedDistribution.Exponential(1, 2))
        .KolmogorovSmirnov("a", ExpectedDistribution.Gamma(2)).KolmogorovSmirnov("a", ExpectedDistribution.Beta(2, 3, 4, 5)).KolmogorovSmirnov("a", ExpectedDistribution.ChiSquare(3))
        .KolmogorovSmirnov("a", ExpectedDistribution.OfQuantiles([0, 0.5, 1], [1, 2, 9]), resampling: new Resampling(200, 30))
        .KolmogorovSmirnov("a", ExpectedDistribution.OfIntervals(Partition.OfIntervals([0, 1, 3], [0.4, 0.6])), 0.1, new Resampling())
        .DistributedAs("a", "others").DistributedAs("a", "others", "x", 0.001)
        .Add(new AssociationRule("a", "b", 0.1, null, ColumnBins.Of(5), ColumnBins.Between(1, 2.5, 3), missingIsValue: true, corrected: true))
        .Association("a", "b", null, 1, ColumnBins.OfGroups(["x", "y"], [1, 2.5]))
        .Add(new UnexpectedRowsRule("SELECT * FROM {batch} WHERE a > 1 AND `b c` IS NULL")).Add(new UnexpectedRowsRule("select a, b from {batch};"))
        .RowCount(1, 5).ColumnCount(1).ColumnExists("a", 2).ColumnOrder("a", "b").ColumnSet(["a"], exact: false)
        .NotNull("b").Where(Col("a").IsIn(1, 2) & (Col("x").Length() >= 3)).As(Severity.Info)
        .SuiteName("everything").KeyColumns("a", "b").MaxSamples(int.MaxValue).WhenNothingToCheck(NothingToCheck.Fail).NaNIsMissing().OnFailure(Gate.Quarantine)
        .Build();

    [Fact]
    public void Every_rule_comes_back_as_it_was()
    {
        var suite = Everything();
        var json = SuiteJson.Write(suite);
        var read = SuiteJson.Read(json);
        Assert.Equal(suite.Rules.Select(r => r.ToString()), read.Rules.Select(r => r.ToString()));
        Assert.Equal(suite.Canonical, read.Canonical);
        Assert.Equal(json, SuiteJson.Write(read));
        Assert.Equal(("everything", int.MaxValue, "a b"), (read.Name, read.MaxSamples, string.Join(' ', read.KeyColumns)));
        Assert.Equal(["key", "daily"], read.Rules[0].Tags);
    }

    [Fact]
    public void Every_rule_of_the_catalogue_is_in_that_suite_but_the_one_for_what_cannot_be_read()
    {
        var missing = new RuleCatalog().Names.Except(Everything().Rules.Select(r => r.Rule.Name)).ToList();
        Assert.Equal(["invalid"], missing);
    }

    [Fact]
    public void Every_rule_is_allowed_by_the_published_schema_and_a_misspelt_key_is_not()
    {
        var schema = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "quality-suite.schema.json"));
        var suites = Everything().Rules.Select(r => SuiteJson.Write(new Suite(r))).ToList();
        suites.Add(SuiteJson.Write(Everything()));
        using var batch = Rows.Texts("s", [.. suites]);
        var verdict = Suites.Verdict(batch, q => q.Add(new JsonSchemaRule("s", schema)));
        Assert.True(verdict.Failed == 0, verdict.Samples.Count == 0 ? "" : suites[(int)verdict.Samples[0].Row]);
        foreach (var wrong in suites.SkipLast(1).Select(Misspelt))
            Assert.Equal(1, Suites.Verdict(Rows.Texts("s", wrong), q => q.Add(new JsonSchemaRule("s", schema))).Failed);
    }

    private static string Misspelt(string json)
    {
        var node = JsonNode.Parse(json)!;
        node["rules"]![0]!["colum"] = "a";
        return node.ToJsonString();
    }

    [Theory]
    [InlineData("""{"rules": [{"rule": "not_null", "column": "a"}], "gates": "stop"}""", "$.gates")]
    [InlineData("""{"rules": [{"rule": "not_null", "column": "a"}], "gate": "halt"}""", "$.gate")]
    [InlineData("""{"rules": [{"rule": "not_nul", "column": "a"}]}""", "$.rules[0].rule")]
    [InlineData("""{"rules": [{"rule": "not_null", "column": "a"}, {"rule": "not_null", "column": "a", "mosty": 1}]}""", "$.rules[1].mosty")]
    [InlineData("""{"rules": [{"rule": "not_null", "column": "a", "mostly": 2}]}""", "$.rules[0]")]
    [InlineData("""{"rules": [{"rule": "not_null"}]}""", "$.rules[0].column")]
    [InlineData("""{"rules": [{"rule": "between", "column": "a"}]}""", "$.rules[0]")]
    [InlineData("""{"rules": [{"rule": "between", "column": "a", "min": [1]}]}""", "$.rules[0].min")]
    [InlineData("""{"rules": [{"rule": "regex", "column": "a", "pattern": "("}]}""", "$.rules[0]")]
    [InlineData("""{"rules": [{"rule": "not_null", "column": "a", "where": {"call": "gt", "args": [{"col": "x"}, {"litt": 1}]}}]}""", "$.rules[0].where.args[1]")]
    [InlineData("""{"rules": [{"rule": "not_null", "column": "a", "thresholds": [{"severity": "bad", "mostly": 1}]}]}""", "$.rules[0].thresholds[0].severity")]
    [InlineData("""{"rules": [{"rule": "text_times", "of": {"rule": "between", "column": "a", "min": 1, "mostly": 1}}]}""", "$.rules[0].of.mostly")]
    [InlineData("""{"rules": [{"rule": "text_times", "of": {"rule": "row_count", "min": 1}}]}""", "$.rules[0]")]
    [InlineData("""{"rules": [{"rule": "text_times"}]}""", "$.rules[0].of")]
    [InlineData("""{"rules": [{"rule": "kolmogorov_smirnov", "column": "a"}]}""", "$.rules[0].distribution")]
    [InlineData("""{"rules": [{"rule": "kolmogorov_smirnov", "column": "a", "distribution": "cauchy"}]}""", "$.rules[0].distribution")]
    [InlineData("""{"rules": [{"rule": "kolmogorov_smirnov", "column": "a", "distribution": "gamma"}]}""", "$.rules[0].parameters.shape")]
    [InlineData("""{"rules": [{"rule": "kolmogorov_smirnov", "column": "a", "distribution": "normal", "parameters": {"sd": 1}}]}""", "$.rules[0].parameters.sd")]
    [InlineData("""{"rules": [{"rule": "kolmogorov_smirnov", "column": "a", "distribution": "normal", "parameters": {"standard_deviation": 0}}]}""", "$.rules[0]")]
    [InlineData("""{"rules": [{"rule": "kolmogorov_smirnov", "column": "a", "distribution": "normal", "sample_size": 5}]}""", "$.rules[0].samples")]
    [InlineData("""{"rules": [{"rule": "association", "columns": ["a", "b"], "max": 1, "first_bins": "ten"}]}""", "$.rules[0].first_bins")]
    [InlineData("""{"rules": [{"rule": "association", "columns": ["a", "b"], "max": 1, "first_bins": 0}]}""", "$.rules[0]")]
    [InlineData("""{"rules": [{"rule": "association", "columns": ["a", "b"], "max": 1, "second_bins": [["a"], 1]}]}""", "$.rules[0].second_bins[1]")]
    [InlineData("""{"rules": [{"rule": "unexpected_rows", "query": "DROP TABLE x"}]}""", "$.rules[0]")]
    [InlineData("""{"rules": []}""", "$.rules")]
    [InlineData("""{"rules": {}}""", "$.rules")]
    [InlineData("""{"rules": [null]}""", "$.rules[0]")]
    [InlineData("[]", "$")]
    [InlineData("not json", "$")]
    [InlineData("", "$")]
    public void What_is_wrong_is_refused_with_its_place(string json, string path) =>
        Assert.Equal(path, Assert.Throws<SuiteFormatException>(() => SuiteJson.Read(json)).Path);

    [Fact]
    public void What_is_wrong_is_said_without_names_that_only_the_program_has()
    {
        var error = Assert.Throws<SuiteFormatException>(() => SuiteJson.Read("""{"rules": [{"rule": "not_null", "column": "a", "mostly": 2}]}"""));
        Assert.EndsWith("Mostly for rule 'not_null' must be a share from 0 to 1. It is 2.", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<SuiteFormatException>(() => SuiteJson.Read("""{"rules": [{"rule": "row_count", "min": 2, "max": 1}]}"""));
        Assert.EndsWith("A row count cannot be at least 2 and at most 1.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deep_nest_is_refused_and_no_crash()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"call": "not", "args": [""", 100_000));
        Assert.Throws<SuiteFormatException>(() => SuiteJson.Read($$"""{"rules": [{"rule": "satisfies", "condition": {{deep}}"""));
    }

    [Fact]
    public async Task A_rule_of_ones_own_has_a_form_in_JSON_once_it_is_in_the_catalogue()
    {
        var catalog = new RuleCatalog().Add("longer_than", r => new LongerThanRule(r.Column(), r.Whole("length") ?? 0));
        var suite = new QualityBuilder().Add(new LongerThanRule("s", 2)).Build();
        var read = SuiteJson.Read(SuiteJson.Write(suite), catalog);
        Assert.Equal(suite.Canonical, read.Canonical);
        using var batch = Rows.Texts("s", "a", "abc");
        var result = await read.CheckAsync(Rows.Stream([batch.SliceShared(0, 2)]), batch.Schema, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((2, 1), (result.Verdicts[0].Checked, result.Verdicts[0].Failed));
        Assert.Throws<ArgumentException>(() => catalog.Add("longer_than", _ => null!));
        Assert.Equal("$.rules[0].rule", Assert.Throws<SuiteFormatException>(() => SuiteJson.Read(SuiteJson.Write(suite))).Path);
    }

    private sealed class LongerThanRule(string column, long length) : Rule
    {
        public override string Name => "longer_than";

        public override IReadOnlyList<string> Columns => [column];

        public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("length", length)];

        public override string Expectation => $"{column} is longer than {length}";

        public override BoundRule Bind(Plans.BindContext context, Schema schema)
        {
            var ordinal = Ordinal(schema, column);
            return BoundRule.PerRow((batch, marks) =>
            {
                batch.SkipMissing(ordinal, marks);
                var texts = (StringArray)batch.Column(ordinal);
                for (var i = 0; i < marks.Length; i++)
                {
                    if (marks[i] == RowMark.Holds && texts.GetString(i).Length <= length)
                        marks[i] = RowMark.Violates;
                }
            });
        }
    }
}
