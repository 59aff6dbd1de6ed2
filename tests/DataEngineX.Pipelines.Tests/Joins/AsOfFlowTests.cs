using DataEngineX.Expressions;
using DataEngineX.Pipelines.Tests.Engine;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Joins;

/// <summary>As-of joins through the front door: typed and untyped forms, errors, lineage of what is read, and the row account.</summary>
public sealed class AsOfFlowTests
{
    private static readonly DateTime Noon = new(2024, 5, 1, 12, 0, 0);

    private static readonly Flow<Trade> Trades = EngineFixture.Rows(
        new Trade(1, "a", Noon.AddSeconds(10)), new Trade(2, "a", Noon.AddSeconds(3)), new Trade(3, "b", Noon.AddSeconds(10)), new Trade(4, null, Noon));

    private static readonly Flow<Quote> Quotes = EngineFixture.Rows(
        new Quote("a", Noon.AddSeconds(4), 100), new Quote("a", Noon.AddSeconds(9), 101), new Quote("a", Noon.AddSeconds(9), 102),
        new Quote("b", Noon.AddSeconds(12), 200), new Quote(null, Noon, 300));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trade_meets_the_last_quote_before_it() => Assert.Equal(
        ["1 102"],
        await Texts(Trades.AsOfJoin(
            Quotes, t => t.Symbol, q => q.Symbol, t => t.At, q => q.At, (t, q) => new Pair { Id = t.Id, Price = q.Price })));

    [Fact]
    public async Task The_left_form_keeps_every_trade() => Assert.Equal(
        ["1 102", "2 ", "3 ", "4 "],
        await Texts(Trades.LeftAsOfJoin(
            Quotes, t => t.Symbol, q => q.Symbol, t => t.At, q => q.At, (t, q) => new Pair { Id = t.Id, Price = q.Price })));

    [Fact]
    public async Task Without_keys_all_rows_are_one_series() => Assert.Equal(
        ["1 200", "2 100", "3 200", "4 300"],
        await Texts(Trades.AsOfJoin(
            Quotes, t => t.At, q => q.At, (t, q) => new Pair { Id = t.Id, Price = q.Price }, AsOfDirection.Forward)));

    [Fact]
    public async Task A_tolerance_is_inclusive() => Assert.Equal(
        ["2 100", "3 200"],
        await Texts(Trades.AsOfJoin(
            Quotes, t => t.Symbol, q => q.Symbol, t => t.At, q => q.At, (t, q) => new Pair { Id = t.Id, Price = q.Price },
            AsOfDirection.Forward, allowExactMatches: false, tolerance: TimeSpan.FromSeconds(2))));

    [Fact]
    public void Typed_and_untyped_forms_build_the_same_node()
    {
        var typed = Trades.LeftAsOfJoin(
            Quotes, t => t.Symbol, q => q.Symbol, t => t.At, q => q.At, (t, q) => new { t.Id }, AsOfDirection.Nearest, allowExactMatches: false,
            tolerance: TimeSpan.FromSeconds(1));
        var node = Assert.IsType<AsOfJoinNode>(typed.Node.Inputs[0]);
        var right = new Flow(node.Inputs[1]);
        var untyped = new Flow(Trades.Node).AsOfJoin(
            right, [Col("symbol")], [Col("$key0")], Col("at"), Col("$key1"), JoinKind.Left, AsOfDirection.Nearest, allowExactMatches: false,
            tolerance: TimeSpan.FromSeconds(1));
        Assert.Equal(untyped.Node.ToString(), node.ToString());
    }

    [Fact]
    public void Every_setting_is_in_the_canonical_form()
    {
        var plain = Join();
        Flow[] others =
        [
            Join(kind: JoinKind.Left), Join(direction: AsOfDirection.Forward), Join(allowsExact: false), Join(tolerance: TimeSpan.FromSeconds(1)),
        ];
        Assert.DoesNotContain(plain.Node.ToString(), others.Select(o => o.Node.ToString()));
        foreach (var flow in others)
            Assert.Equal(flow.Node.ToString(), flow.Node.WithInputs(flow.Node.Inputs).ToString());
    }

    [Theory]
    [InlineData("symbol", "at", null, "'symbol'")]
    [InlineData("at", "price", null, "cannot be compared")]
    [InlineData("at", "at", 5, "TimeSpan")]
    public async Task What_cannot_be_a_time_is_refused_while_binding(string left, string right, int? tolerance, string says)
    {
        var flow = new Flow(Trades.Node).AsOfJoin(
            new Flow(Quotes.Node), [], Col(left), left == "symbol" ? Col(left) : Col(right), tolerance: tolerance is { } some ? some : null);
        var refused = await Assert.ThrowsAsync<PlanException>(() => EngineFixture.Reader().ExplainAsync(flow, Cancel).AsTask());
        Assert.Contains(left == "symbol" ? "the time of an as-of join is" : says, refused.Message, StringComparison.Ordinal);
        Assert.Equal("as_of_join", refused.Operator);
    }

    [Fact]
    public void A_kind_that_has_no_meaning_is_refused_while_describing() =>
        Assert.Throws<PlanException>(() => Join(kind: JoinKind.Full));

    [Fact]
    public async Task A_condition_on_the_left_side_moves_below_and_one_on_the_right_side_does_not()
    {
        var text = await EngineFixture.Reader().ExplainAsync(Join().Where(Col("id") > 1 & Col("price") > 100), Cancel);
        var run = text[text.IndexOf("as run:", StringComparison.Ordinal)..].Split('\n');
        var join = Array.FindIndex(run, l => l.Contains("as_of_join", StringComparison.Ordinal));
        Assert.Contains("price", Array.Find(run[..join], l => l.Contains("filter", StringComparison.Ordinal))!, StringComparison.Ordinal);
        var below = Assert.Single(run[join..], l => l.TrimStart().StartsWith("filter", StringComparison.Ordinal));
        Assert.Contains("id", below, StringComparison.Ordinal);
        Assert.DoesNotContain("price", below, StringComparison.Ordinal);
    }

    private static Flow Join(
        JoinKind kind = JoinKind.Inner, AsOfDirection direction = AsOfDirection.Backward, bool allowsExact = true, Expr? tolerance = null) =>
        new Flow(Trades.Node).AsOfJoin(new Flow(Quotes.Node), ["symbol"], Col("at"), Col("at"), kind, direction, allowsExact, tolerance);

    private static async Task<List<string>> Texts(Flow<Pair> flow)
    {
        var rows = await EngineFixture.Reader().ToListAsync(flow, Cancel);
        return [.. rows.Select(r => $"{r.Id} {r.Price}").Order(StringComparer.Ordinal)];
    }

    public sealed record Trade(int Id, string? Symbol, DateTime At);

    public sealed record Quote(string? Symbol, DateTime At, int Price);

    public sealed class Pair
    {
        public int Id { get; set; }

        public int? Price { get; set; }
    }
}
