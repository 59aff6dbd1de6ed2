using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Hostile;

/// <summary>Columns nobody would wish for: no rule crashes, and each says what it found.</summary>
public class HostileInputTests
{
    private static readonly IArrowType[] Types =
    [
        Int8Type.Default, Int32Type.Default, Int64Type.Default, UInt64Type.Default, FloatType.Default, DoubleType.Default, new Decimal128Type(10, 2), StringType.Default,
        BooleanType.Default, Date32Type.Default, new TimestampType(TimeUnit.Nanosecond, "UTC"), NullType.Default, new DictionaryType(Int32Type.Default, StringType.Default, false),
    ];

    /// <summary>Every rule on one column, those that do not fit a type left out.</summary>
    private static IReadOnlyList<Rule> RulesFor(IArrowType type)
    {
        Rule[] rules =
        [
            new NotNullRule("x"), new NullRule("x"), new UniqueRule("x"), new InSetRule("x", [1, "a", true], lenient: true), new RegexRule("x", "a"), new LikeRule("x", ["a%"]),
            new LengthRule("x", 1, 2), new DirectionRule("x"), new TimeFormatRule("x", "%Y", TimeFormatStyle.Strftime), new DateTextRule("x"), new JsonTextRule("x"),
            new JsonSchemaRule("x", "{}"), new FormatRule("x", TextFormat.Email), new ZScoreRule("x", 3), new TypeRule("x", ["int"]),
            .. Enum.GetValues<ColumnAggregate>().Select(a => new AggregateRule("x", a, null, null)),
            new QuantilesRule("x", [new QuantileBand(0.5, null, null)]), new DistinctValuesRule("x", SetRelation.Within, [1, "a"]), new MostCommonRule("x", ["a"]),
            new DivergenceRule("x", Partition.OfValues(["a"], [1]), 1), new GapsRule("x", Expressions.CalendarUnit.Day), new CompletenessRule(["x"], 0.5),
            new PairRule("x", PairComparison.Equal, "x"), new PairInSetRule("x", "x", [(1, "a")]), new DistinctInRowRule(["x", "x"]), new RowSumRule(["x"], 1),
            new KolmogorovSmirnovRule("x", ExpectedDistribution.Normal()), new ChiSquareRule("x", Partition.OfValues(["a", 1], [0.5, 0.5])), new MutualInformationRule("x", "x", null, null),
            new AssociationRule("x", "x", null, null, null, ColumnBins.OfGroups(["a", 1]), missingIsValue: true), new UnexpectedRowsRule("SELECT * FROM {batch} WHERE x IS NULL"),
        ];
        var schema = new Schema([new Field("x", type, nullable: true)], null);
        return [.. rules.Where(r => Record.Exception(() => GateRun.Bind(schema, new Suite(new SuiteRule(r)))) is null)];
    }

    [Fact]
    public void Empty_and_missing_columns_of_every_type_give_verdicts()
    {
        foreach (var type in Types)
        {
            var rules = RulesFor(type);
            Assert.True(rules.Count >= 9, $"{type.Name} fits {rules.Count} rules only");
            foreach (var values in new object?[][] { [], [null, null, null, null] })
            {
                var result = Suites.Check(Rows.Of(("x", type, values)), q => rules.Aggregate(q, (b, r) => b.Add(r)));
                Assert.All(result.Verdicts, v => Assert.True(v.Outcome != VerdictOutcome.Error, $"{type.Name}: {v}"));
            }
        }
    }

    [Fact]
    public void A_dictionary_says_what_plain_text_says()
    {
        object?[] values = ["a", null, "b", "a", "", "2024-01-01", "{}", "é"];
        var plain = RulesFor(StringType.Default);
        var texts = Suites.Check(Rows.Of(("x", StringType.Default, values)), q => plain.Aggregate(q, (b, r) => b.Add(r)));
        var coded = Suites.Check(Rows.Of(("x", Types[^1], values)), q => plain.Aggregate(q, (b, r) => b.Add(r)));
        Assert.Equal(texts.Verdicts.Select(Suites.Describe), coded.Verdicts.Select(Suites.Describe));
    }

    [Fact]
    public void Not_a_number_and_infinities_are_values()
    {
        var rules = RulesFor(DoubleType.Default);
        var result = Suites.Check(
            Rows.Doubles("x", double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0.0, null, double.MaxValue, double.Epsilon),
            q => rules.Aggregate(q, (b, r) => b.Add(r)).Between("x", double.NegativeInfinity, double.PositiveInfinity));
        Assert.All(result.Verdicts, v => Assert.True(v.Outcome != VerdictOutcome.Error, v.ToString()));
        Assert.Equal([0], Suites.Failing(result.Verdicts[^1]));
        Assert.Equal([3, 4], Suites.Failing(result.Verdicts[2]));
    }

    [Fact]
    public async Task Texts_of_megabytes_are_checked_and_cut_in_samples()
    {
        var big = new string('a', 10_000_000);
        var rules = RulesFor(StringType.Default);
        using var batch = Rows.Texts("x", big, big + "b", "a@b.de");
        var suite = new Suite([.. rules.Select(r => new SuiteRule(r))]);
        var result = await suite.CheckAsync(
            Rows.Stream([batch.SliceShared(0, 2), batch.SliceShared(2, 1)]), batch.Schema, cancellationToken: TestContext.Current.CancellationToken);
        Assert.All(result.Verdicts, v => Assert.True(v.Outcome != VerdictOutcome.Error, v.ToString()));
        Assert.All(result.Verdicts.SelectMany(v => v.Samples), s => Assert.True(s.Value is null || s.Value.Length <= 500, s.Value?.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_catastrophic_pattern_is_linear_or_an_error_of_its_rule_alone()
    {
        var text = new string('a', 40) + "!";
        var result = Suites.Check(Rows.Texts("x", text), q => q.Regex("x", "^(a+)+$").Add(new RegexRule("x", "^(?=(a|aa|aaa)+$)", backtracking: true)).NotNull("x"));
        Assert.Equal([VerdictOutcome.Fail, VerdictOutcome.Error, VerdictOutcome.Pass], result.Verdicts.Select(v => v.Outcome));
        Assert.Contains("Timeout", result.Verdicts[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Slices_hide_what_stands_before_and_behind_them()
    {
        foreach (var type in Types.Where(t => t is Int64Type or DoubleType or StringType or BooleanType))
        {
            object?[] values = type switch
            {
                StringType => ["zzz", "a", null, "b", "a", "zzz"],
                BooleanType => [true, false, null, false, false, true],
                _ => [99, 1, null, 2, 1, 99],
            };
            var rules = RulesFor(type);
            using var outer = Rows.Of(("x", type, values));
            var sliced = Suites.Check(outer.SliceShared(1, 4), q => rules.Aggregate(q, (b, r) => b.Add(r)));
            var own = Suites.Check(Rows.Of(("x", type, values[1..5])), q => rules.Aggregate(q, (b, r) => b.Add(r)));
            Assert.Equal(own.Verdicts.Select(Suites.Describe), sliced.Verdicts.Select(Suites.Describe));
        }
    }
}
