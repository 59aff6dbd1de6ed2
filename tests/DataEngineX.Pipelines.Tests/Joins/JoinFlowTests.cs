using DataEngineX.Expressions;
using DataEngineX.Pipelines.Tests.Engine;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Joins;

public sealed class JoinFlowTests
{
    private static readonly Flow<Order> Orders = EngineFixture.Rows(
        new Order(1, "a", 10), new Order(2, "b", 20), new Order(3, "x", 30), new Order(4, null, 40));

    private static readonly Flow<Client> Clients = EngineFixture.Rows(
        new Client("a", "Ann", 15), new Client("b", "Bob", 15), new Client("c", "Cy", 15));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Right_join_keeps_all_rows_of_the_other_side() => Assert.Equal(
        ["1Ann", "2Bob", "Cy"],
        await Texts(Orders.RightJoin(Clients, o => o.Code, c => c.Code, (o, c) => new Pair { Id = o.Id, Name = c.Name })));

    [Fact]
    public async Task Full_join_keeps_all_rows_of_both_sides() => Assert.Equal(
        ["1Ann", "2Bob", "3", "4", "Cy"],
        await Texts(Orders.FullJoin(Clients, o => o.Code, c => c.Code, (o, c) => new Pair { Id = o.Id, Name = c.Name })));

    [Fact]
    public async Task A_condition_beside_the_keys_decides_what_is_a_partner() => Assert.Equal(
        ["1Ann", "2", "3", "4"],
        await Texts(Orders.LeftJoin(
            Clients, o => o.Code, c => c.Code, (o, c) => new Pair { Id = o.Id, Name = c.Name }, (o, c) => o.Amount < c.Limit)));

    [Fact]
    public async Task Semi_and_anti_joins_keep_the_row_type()
    {
        var semi = await EngineFixture.Reader().ToListAsync(Orders.SemiJoin(Clients, o => o.Code, c => c.Code), Cancel);
        Assert.Equal([1, 2], semi.Select(o => o.Id));
        var anti = await EngineFixture.Reader().ToListAsync(
            Orders.AntiJoin(Clients, o => o.Code, c => c.Code, (o, c) => o.Amount < c.Limit), Cancel);
        Assert.Equal([2, 3, 4], anti.Select(o => o.Id));
    }

    [Fact]
    public async Task Cross_join_pairs_every_row_with_every_row()
    {
        var all = await Texts(Orders.CrossJoin(Clients, (o, c) => new Pair { Id = o.Id, Name = c.Name }));
        Assert.Equal(12, all.Count);
        Assert.Equal(12, all.Distinct().Count());
        Assert.Equal(
            ["1Ann", "1Bob", "1Cy"],
            await Texts(Orders.CrossJoin(Clients, (o, c) => new Pair { Id = o.Id, Name = c.Name }, (o, c) => o.Amount < c.Limit)));
    }

    [Fact]
    public async Task A_limit_above_a_large_cross_join_does_not_make_all_its_rows()
    {
        var many = EngineFixture.Rows(Enumerable.Range(0, 3000).Select(i => new { I = i }).ToArray());
        var flow = many.CrossJoin(many, (l, r) => new { L = l.I, R = r.I })
            .CrossJoin(many, (p, r) => new { p.L, p.R, Third = r.I }).Take(5);
        var rows = await JoinFixture.Reader(1000, 2, budget: 4 << 20).ToListAsync(flow, Cancel);
        Assert.Equal(5, rows.Count);
    }

    [Fact]
    public async Task A_shared_key_of_a_full_join_comes_from_the_side_that_has_the_row()
    {
        Flow left = EngineFixture.Rows(new { Key = 1, L = "l1" }, new { Key = 2, L = "l2" });
        Flow right = EngineFixture.Rows(new { Key = 2L, R = "r2" }, new { Key = 3L, R = "r3" });
        var joined = left.Join(right, ["key"], JoinKind.Full).Select(
            new NamedExpr("id", Col("key").Cast(Apache.Arrow.Types.Int32Type.Default)),
            new NamedExpr("name", Col("r")));
        Assert.Equal(["1", "2r2", "3r3"], await Texts(joined.As<Pair>()));
    }

    [Fact]
    public async Task Typed_and_untyped_joins_are_one_operator_and_explain_says_which_side_is_held()
    {
        var explained = await EngineFixture.Reader().ExplainAsync(
            ((Flow)Orders).Join(Clients, [Col("code")], [Col("code")], JoinKind.Inner, Col("amount") < Col("limit")), Cancel);
        Assert.Contains("holds the right side", explained, StringComparison.Ordinal);
        Assert.Contains("condition=", explained, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cross_join_with_keys_and_a_join_without_are_refused()
    {
        Assert.Throws<PlanException>(() => new JoinNode(Orders.Node, Clients.Node, JoinKind.Cross, [Col("code")], [Col("code")]));
        Assert.Throws<PlanException>(() => new JoinNode(Orders.Node, Clients.Node, JoinKind.Inner, [], []));
    }

    [Fact]
    public async Task Union_widens_numbers_of_one_name()
    {
        Flow whole = EngineFixture.Rows(new { Id = 1 });
        var rows = await EngineFixture.Reader().ToListAsync(
            whole.Union(EngineFixture.Rows(new { Id = 2L }), EngineFixture.Rows(new { Id = 2.5 })).As<Real>(), Cancel);
        Assert.Equal([1.0, 2.0, 2.5], rows.Select(r => r.Id));
    }

    private static async Task<List<string>> Texts(Flow<Pair> flow)
    {
        var rows = await EngineFixture.Reader().ToListAsync(flow, Cancel);
        return [.. rows.Select(r => $"{r.Id}{r.Name}").Order(StringComparer.Ordinal)];
    }

    private sealed record Order(int Id, string? Code, int Amount);

    private sealed record Client(string? Code, string Name, int Limit);

    private sealed class Pair
    {
        public int? Id { get; set; }

        public string? Name { get; set; }
    }

    private sealed class Real
    {
        public double Id { get; set; }
    }
}
