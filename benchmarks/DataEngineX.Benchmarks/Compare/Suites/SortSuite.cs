using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>Sorts of G1 in memory, all columns carried along, and the first rows of an order.</summary>
internal sealed class SortSuite : CompareSuite
{
    private readonly MemoryTables _tables;
    private readonly Flow _x;
    private readonly SortPeers _peers;

    public SortSuite(CompareOptions options)
        : base("sort", options)
    {
        _tables = new MemoryTables(options);
        _x = _tables.Load("x", new GroupByTable(options.Rows, nullPercent: options.NullPercent), out var batches);
        _peers = new SortPeers(batches, options);
    }

    public override IEnumerable<CompareTask> Tasks()
    {
        (string Task, string Question, OrderKey[] Keys, int[] Positions, int? First)[] sorts =
        [
            ("number", "by id6, v3", [new("id6"), new("v3")], [5, 8], null),
            ("text", "by id3, id1", [new("id3"), new("id1")], [2, 0], null),
            ("double", "by v3 descending", [new("v3", Descending: true)], [8], null),
            ("top", "first 100 by v3 descending", [new("v3", Descending: true)], [8], 100),
        ];
        foreach (var (task, question, keys, positions, first) in sorts.Where(s => Wants(s.Task)))
        {
            var shape = new AnswerShape(ExactDoubles: true, positions);
            var order = string.Join(", ", keys.Select(k => $"{k.Column} {(k.Descending ? "DESC" : "ASC")} NULLS LAST"));
            var flow = _x.OrderBy(keys);
            yield return new CompareTask(
                task,
                question,
                Options.Rows,
                [
                    _tables.DuckDb.Query($"SELECT * FROM x ORDER BY {order}{(first is { } n ? $" LIMIT {n}" : "")}", shape),
                    _tables.Own.Query(first is { } rows ? flow.Take(rows) : flow, shape),
                    .. _peers.Entries(task, shape),
                ]);
        }
    }

    public override void Dispose() => _tables.Dispose();
}
