using DataEngineX.Benchmarks.Data;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>The group-by tasks over G1 in memory.</summary>
internal sealed class GroupBySuite : CompareSuite
{
    private readonly MemoryTables _tables;
    private readonly GroupByTable _table;
    private readonly Flow _x;
    private readonly GroupByPeers _peers;

    public GroupBySuite(CompareOptions options)
        : base("groupby", options)
    {
        _tables = new MemoryTables(options);
        _table = new GroupByTable(options.Rows, nullPercent: options.NullPercent);
        _x = _tables.Load("x", _table, out var batches);
        _peers = new GroupByPeers(batches, options);
    }

    public override IEnumerable<CompareTask> Tasks() => Questions().Where(q => Wants(q.Task)).Select(q => new CompareTask(
        q.Task, q.Question, _table.Rows, [_tables.DuckDb.Query(q.Sql), _tables.Own.Query(q.Flow), .. _peers.Entries(q.Task)]));

    public override void Dispose() => _tables.Dispose();

    private IEnumerable<(string Task, string Question, string Sql, Flow Flow)> Questions()
    {
        Expr v1 = Col("v1"), v2 = Col("v2"), v3 = Col("v3");
        yield return ("q1", "sum v1 by id1", "SELECT id1, sum(v1) FROM x GROUP BY id1", By("id1").Aggregate(Aggregate.Sum(v1)));
        yield return ("q2", "sum v1 by id1, id2", "SELECT id1, id2, sum(v1) FROM x GROUP BY id1, id2", By("id1", "id2").Aggregate(Aggregate.Sum(v1)));
        yield return (
            "q3", "sum v1, mean v3 by id3", "SELECT id3, sum(v1), avg(v3) FROM x GROUP BY id3",
            By("id3").Aggregate(Aggregate.Sum(v1), Aggregate.Mean(v3)));
        yield return (
            "q4", "mean v1, v2, v3 by id4", "SELECT id4, avg(v1), avg(v2), avg(v3) FROM x GROUP BY id4",
            By("id4").Aggregate(Aggregate.Mean(v1), Aggregate.Mean(v2), Aggregate.Mean(v3)));
        yield return (
            "q5", "sum v1, v2, v3 by id6", "SELECT id6, sum(v1), sum(v2), sum(v3) FROM x GROUP BY id6",
            By("id6").Aggregate(Aggregate.Sum(v1), Aggregate.Sum(v2), Aggregate.Sum(v3)));
        yield return (
            "q6", "median v3, deviation v3 by id4, id5", "SELECT id4, id5, median(v3), stddev_samp(v3) FROM x GROUP BY id4, id5",
            By("id4", "id5").Aggregate(Aggregate.Median(v3), Aggregate.StandardDeviation(v3)));
        yield return (
            "q7", "max v1 - min v2 by id3", "SELECT id3, max(v1) - min(v2) FROM x GROUP BY id3",
            By("id3").Aggregate(Aggregate.Max(v1).As("a"), Aggregate.Min(v2).As("b")).Select(Col("id3").As("id3"), (Col("a") - Col("b")).As("range")));
        yield return (
            "q8", "two largest v3 by id6, a row each",
            "SELECT id6, largest2_v3 FROM (SELECT id6, v3 AS largest2_v3, row_number() OVER (PARTITION BY id6 ORDER BY v3 DESC) AS order_v3 "
            + "FROM x WHERE v3 IS NOT NULL) WHERE order_v3 <= 2",
            By("id6").Aggregate(Aggregate.Largest(v3, 2).As("largest2_v3")).Explode("largest2_v3"));
        yield return (
            "q9", "squared correlation of v1, v2 by id2, id4", "SELECT id2, id4, pow(nullif(corr(v1, v2), 'NaN'), 2) FROM x GROUP BY id2, id4",
            By("id2", "id4").Aggregate(Aggregate.Correlation(v1, v2).As("r")).Select(Col("id2").As("id2"), Col("id4").As("id4"), (Col("r") * Col("r")).As("r2")));
        yield return (
            "q10", "sum v3, count by id1..id6", "SELECT id1, id2, id3, id4, id5, id6, sum(v3), count(*) FROM x GROUP BY ALL",
            By("id1", "id2", "id3", "id4", "id5", "id6").Aggregate(Aggregate.Sum(v3), Aggregate.Count()));
    }

    private GroupedFlow By(params string[] keys) => _x.GroupBy([.. keys.Select(k => Col(k).As(k))]);
}
