using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests;

/// <summary>
/// A rule of every kind, on one table: what holds for all rules is tried with these. A kind that is missing is found by <see cref="EveryRuleTests"/>, so that
/// no new rule goes without.
/// </summary>
internal static class EveryRule
{
    /// <summary>The name of the dataset that rules hold the table against.</summary>
    public const string Reference = "others";

    private static readonly (object?, object?)[] SomePairs = [(1L, "a"), (null, "bb")];

    /// <summary>All of them; failures are warnings, so that no gate stops.</summary>
    public static IReadOnlyList<SuiteRule> All { get; } =
    [
        .. ((Rule[])
        [
            new NotNullRule("a"), new NullRule("s"), new UniqueRule("a"), new UniqueRule("s", "a"), new UniqueRule("t"), new BetweenRule("a", 3, 30), new BetweenRule("x", -1.5, 60),
            new InSetRule("s", ["a", "bb"]), new InSetRule("a", [3, 4], negated: true), new RegexRule("s", "^[a-c]$"), new RegexRule("t", ["ong", "x"], PatternMatch.Any, negated: true),
            new LikeRule("t", ["%ong%"]), new LikeRule("s", ["b%"], negated: true), new LengthRule("s", 1, 1), new FormatRule("s", TextFormat.LowerCase),
            new TimeFormatRule("w", "yyyy-MM-dd"), new DateTextRule("w"), new JsonTextRule("t"), new JsonSchemaRule("t", """{"type": "string"}"""),
            new DirectionRule("a", decreasing: false), new DirectionRule("s", decreasing: true, strictly: true), new ZScoreRule("x", 1), new TypeRule("a", ["int"]), new TypeRule("s", ["text"]),
            new TextTimesRule(new BetweenRule("w", new DateTime(2024, 1, 5), null)), new SatisfiesRule(Col("a") > Col("x")), new UnexpectedRowsRule("SELECT * FROM {batch} WHERE a > 30 OR s = 'c'"),
            .. Aggregates(),
            new QuantilesRule("x", [new QuantileBand(0.9, null, 1), new QuantileBand(0.1, null, 1)], QuantileInterpolation.Linear), new QuantilesRule("a", [new QuantileBand(0.4, null, 1)]),
            new DistinctValuesRule("s", SetRelation.Equals, ["a"]), new DistinctValuesRule("a", SetRelation.Within, [1]), new DistinctValuesRule("s", SetRelation.Contains, ["c"]),
            new MostCommonRule("s", ["a"]), new DivergenceRule("x", Partition.OfIntervals([0, 10, 50], [0.5, 0.5]), 0.1), new DivergenceRule("s", Partition.OfValues(["a", "bb"], [0.5, 0.5]), 0.1),
            new ChiSquareRule("s", Partition.OfValues(["a", "bb", "c"], [0.5, 0.25, 0.25]), 0.05, 0.1), new KolmogorovSmirnovRule("a", ExpectedDistribution.Uniform(0, 40)),
            new KolmogorovSmirnovRule("d", ExpectedDistribution.OfQuantiles([0, 0.5, 1], [0, 1, 3]), 0.05, new Resampling(20, 5)), new SameDistributionRule("a", Reference, "key"),
            new GapsRule("at", CalendarUnit.Hour), new MovingDeviationRule("at", "d", CalendarUnit.Hour, 2, 3, 4, 1, logarithms: false), new FreshnessRule("at", TimeSpan.FromDays(1)),
            new PairRule("a", PairComparison.Equal, "x"), new PairRule("a", PairComparison.Greater, "x"), new PairRule("a", PairComparison.GreaterOrEqual, "x"),
            new PairInSetRule("a", "s", SomePairs), new DistinctInRowRule(["a", "x"]), new RowSumRule(["a", "x"], 5), new CompletenessRule(["a", "x"], 1, null),
            new CorrelationRule("a", "x", null, null), new MutualInformationRule("a", "s", null, null), new AssociationRule("a", "s", null, null),
            new AssociationRule("x", "t", null, 0.5, ColumnBins.Between(0, 20, 40), ColumnBins.Of(3), missingIsValue: true, corrected: true),
            new RowCountRule(3, 20), new ColumnCountRule(1, 3), new ColumnExistsRule("a"), new ColumnOrderRule(["a"]), new ColumnSetRule(["a"], exact: false),
            new ForeignKeyRule(["a"], Reference, ["key"]), new ForeignKeyRule(["a", "s"], Reference, ["key", "word"], negated: true),
            new SameAsRule(new RowCountRule(null, null), Reference), new SameAsRule(new AggregateRule("a", ColumnAggregate.Sum, null, null), Reference, new AggregateRule("key", ColumnAggregate.Sum, null, null), 0.5),
        ]).Select(Entry),
        // Ways to filter, group and tolerate.
        Entry(new BetweenRule("x", 0, 40)) with { Where = Col("s") != "b", Mostly = 0.5 }, Entry(new AggregateRule("x", ColumnAggregate.Mean, null, 0)) with { GroupBy = ["s"] },
        Entry(new UniqueRule("a")) with { GroupBy = ["s"] }, Entry(new NotNullRule("x")) with { GroupBy = ["s", "d"], Mostly = 0.5 },
        // Rows that make a rule throw: the message is that of the first, whoever meets it.
        Entry(new TextTimesRule(new BetweenRule("t", null, new DateTime(2024, 1, 5)))), Entry(new SatisfiesRule(Col("t").Cast(Int64Type.Default) > 1)),
        Entry(new SatisfiesRule((Col("s").Cast(Int64Type.Default) > 1) | (Col("a") * Lit(long.MaxValue) > 1))), Entry(new BetweenRule("a", 0, 9)) with { Where = Col("a") * Lit(long.MaxValue) > 1 },
    ];

    /// <summary>All of them as a suite with keys.</summary>
    public static Suite Suite(Gate gate = Gate.Warn) => new([.. All]) { KeyColumns = ["d"], Gate = gate, WhenNothingToCheck = NothingToCheck.Pass };

    /// <summary>The rows that rules hold the table against.</summary>
    public static RecordBatch Others() => Rows.Of(
        ("key", Int64Type.Default, [.. Enumerable.Range(0, 30).Select(i => i % 7 == 0 ? null : (object)(long)i)]),
        ("word", StringType.Default, [.. Enumerable.Range(0, 30).Select(i => "abc"[i % 3].ToString())]));

    /// <summary>The same rows for a check outside of a pipeline.</summary>
    public static IReadOnlyDictionary<string, ReferenceRows> References { get; } = new Dictionary<string, ReferenceRows>
    {
        [Reference] = new(Others().Schema, _ => Rows.Stream([Others()])),
    };

    /// <summary>A table of all kinds of columns, with missing values in each.</summary>
    public static RecordBatch Sample(Random random, int rows, MemoryAllocator? allocator = null)
    {
        var columns = Enumerable.Range(0, 7).Select(_ => new object?[rows]).ToArray();
        for (var i = 0; i < rows; i++)
        {
            columns[0][i] = random.Next(8) == 0 ? null : (long)random.Next(40);
            columns[1][i] = random.Next(10) switch { 0 => null, 1 when random.Next(4) == 0 => double.NaN, 2 => -0.0, _ => Math.Round(random.NextDouble() * 80, 2) };
            columns[2][i] = random.Next(9) == 0 ? null : new[] { "a", "bb", "c", "ü" }[random.Next(4)];
            columns[3][i] = random.Next(9) == 0 ? null : $"a long text with number {random.Next(10)}"[..random.Next(10, 25)];
            columns[4][i] = random.Next(9) == 0 ? null : (decimal)random.Next(12) / 4;
            columns[5][i] = random.Next(9) == 0 ? null : Suites.Now.AddHours(-random.Next(30));
            columns[6][i] = random.Next(9) == 0 ? null : $"2024-01-{random.Next(1, 10):00}";
        }

        return Rows.Of(
            allocator,
            ("a", Int64Type.Default, columns[0]),
            ("x", DoubleType.Default, columns[1]),
            ("s", StringType.Default, columns[2]),
            ("t", StringType.Default, columns[3]),
            ("d", new Decimal128Type(10, 2), columns[4]),
            ("at", new TimestampType(TimeUnit.Microsecond, "UTC"), columns[5]),
            ("w", StringType.Default, columns[6]));
    }

    private static SuiteRule Entry(Rule rule) => new(rule) { Severity = Severity.Warning };

    /// <summary>Each aggregate of each kind of column that it takes.</summary>
    private static IEnumerable<Rule> Aggregates() => Enum.GetValues<ColumnAggregate>().SelectMany(a => new[] { "a", "x", "d", "s", "at" }.Where(c => Fits(a, c)).Select(c => new AggregateRule(c, a, null, null)));

    private static bool Fits(ColumnAggregate aggregate, string column) => aggregate switch
    {
        ColumnAggregate.Mean or ColumnAggregate.Sum or ColumnAggregate.StandardDeviation => column is "a" or "x" or "d",
        ColumnAggregate.Median => column != "s",
        _ => true,
    };
}
