using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Profiles;

public class RuleSuggestionTests
{
    [Fact]
    public async Task Each_rule_has_a_reason_evidence_and_its_call()
    {
        var profile = await ProfileRun.OfAsync(
            ("id", Int64Type.Default, [.. Range(400).Select(i => (object?)(long)((i * 371) % 400))]),
            ("temp", DoubleType.Default, [.. Range(400).Select(i => i % 4 == 0 ? null : (object?)(-10 + (i % 37)))]),
            ("count", Int64Type.Default, [.. Range(400).Select(i => (object?)(long)(i % 90))]),
            ("state \"x\"", StringType.Default, [.. Range(400).Select(i => (object?)(i % 3 == 0 ? "on" : "off"))]),
            ("uuid", StringType.Default, [.. Range(400).Select(i => (object?)new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).ToString())]),
            ("city", StringType.Default, [.. Range(400).Select(i => (object?)(i % 20 == 0 ? $"rare {i}" : "main"))]));
        var suggestions = RuleSuggestions.From(profile);
        string[] calls = [.. suggestions.All.Select(s => s.CSharp)];
        Assert.Equal(
            [
                ".NotNull(\"id\")", ".Unique(\"id\")", ".AtLeast(\"id\", 0)",
                ".NotNull(\"temp\").Mostly(0.566)", ".Between(\"temp\", -13.6, 29.6).Mostly(0.933)",
                ".NotNull(\"count\")", ".AtLeast(\"count\", 0)", ".Between(\"count\", 0, 98).Mostly(0.95)",
                ".NotNull(\"state \\\"x\\\"\")", ".InSet(\"state \\\"x\\\"\", \"off\", \"on\").Mostly(0.95)",
                ".NotNull(\"uuid\")", ".Unique(\"uuid\")", ".Regex(\"uuid\", \"^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$\")",
                ".NotNull(\"city\")", ".InSet(\"city\", \"main\").Mostly(0.832)",
            ],
            calls);
        Assert.All(suggestions.All, s => Assert.True(s.Reason.Length > 0 && s.Evidence.Length > 0));
        Assert.Contains("100 of 400 are missing", suggestions.ToString(), StringComparison.Ordinal);
        var csharp = suggestions.ToCSharp();
        Assert.StartsWith("var suite = new QualityBuilder()\n    .NotNull(\"id\") // no row is without a value: 0 of 400 are missing\n", csharp, StringComparison.Ordinal);
        Assert.EndsWith("    .OnFailure(Gate.Warn)\n    .Build();\n", csharp, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_as_calls_is_what_the_suite_does()
    {
        var profile = await ProfileRun.OfAsync(
            ("temp", DoubleType.Default, [.. Range(400).Select(i => i % 4 == 0 ? null : (object?)(-10 + (i % 37)))]),
            ("state", StringType.Default, [.. Range(400).Select(i => (object?)(i % 3 == 0 ? "on" : "off"))]));
        var written = new QualityBuilder()
            .NotNull("temp").Mostly(0.566)
            .Between("temp", -13.6, 29.6).Mostly(0.933)
            .NotNull("state")
            .InSet("state", "off", "on").Mostly(0.95)
            .OnFailure(Gate.Warn)
            .Build();
        Assert.Equal(written.Canonical, RuleSuggestions.From(profile).ToSuite()!.Canonical);
        Assert.Equal(written.Canonical, SuiteJson.Read(RuleSuggestions.From(profile).ToJson()!).Canonical);
    }

    [Fact]
    public async Task Suggestions_hold_on_the_other_half()
    {
        for (var seed = 0; seed < 12; seed++)
            await HoldsOnOtherHalf(seed);
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Suggestions_hold_on_the_other_half_for_many_seeds()
    {
        for (var i = 0; i < SoakSettings.Count; i++)
            await HoldsOnOtherHalf(SoakSettings.Seed + i);
    }

    [Fact]
    public async Task Too_few_rows_suggest_nothing()
    {
        var profile = await ProfileRun.OfAsync(("x", Int64Type.Default, [.. Range(99).Select(i => (object?)(long)i)]));
        Assert.Empty(RuleSuggestions.From(profile).All);
        Assert.Null(RuleSuggestions.From(profile).ToSuite());
        Assert.Null(RuleSuggestions.From(profile).ToJson());
        Assert.NotEmpty(RuleSuggestions.From(profile, new SuggestionOptions { MinRows = 10 }).All);
        var empty = await ProfileRun.OfAsync(("x", Int64Type.Default, [.. Range(500).Select(_ => (object?)null)]));
        Assert.Empty(RuleSuggestions.From(empty).All);
    }

    private static async Task HoldsOnOtherHalf(int seed)
    {
        var random = new Random(seed);
        var rows = random.Next(400, 3000);
        using var first = Clean(random, rows, 0);
        var suite = RuleSuggestions.From(await ProfileRun.OfAsync(first.SliceShared(0, first.Length))).ToSuite()!;
        Assert.InRange(suite.Rules.Count, 10, 40);
        using var second = Clean(random, rows, rows);
        var result = await suite.CheckAsync(Rows.Stream([second.SliceShared(0, second.Length)]), second.Schema);
        Assert.All(result.Verdicts, v => Assert.True(v.Outcome == VerdictOutcome.Pass, $"seed {seed}: {v.Expectation}: {v}"));
    }

    private static RecordBatch Clean(Random random, int rows, int start) => Rows.Of(
        ("id", Int64Type.Default, [.. Range(rows).Select(i => (object?)(long)(start + i))]),
        ("normal", DoubleType.Default, [.. Range(rows).Select(_ => (object?)(20 + (5 * Normal(random))))]),
        ("heavy", DoubleType.Default, [.. Range(rows).Select(_ => (object?)Math.Exp(2 * Normal(random)))]),
        ("gaps", DoubleType.Default, [.. Range(rows).Select(_ => random.Next(3) == 0 ? null : (object?)random.NextDouble())]),
        ("count", Int64Type.Default, [.. Range(rows).Select(_ => (object?)(long)random.Next(1000))]),
        ("state", StringType.Default, [.. Range(rows).Select(_ => (object?)$"s{(int)(6 * random.NextDouble() * random.NextDouble())}")]),
        ("word", StringType.Default, [.. Range(rows).Select(_ => (object?)$"w{(int)Math.Exp(3 * Math.Abs(Normal(random)))}")]),
        ("code", StringType.Default, [.. Range(rows).Select(_ => (object?)$"{random.Next(1, 10_000)}")]),
        ("day", Date32Type.Default, [.. Range(rows).Select(_ => (object?)new DateOnly(2024, 1, 1).AddDays(random.Next(300)))]));

    private static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
