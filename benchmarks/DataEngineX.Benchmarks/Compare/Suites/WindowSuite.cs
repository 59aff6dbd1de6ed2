using DataEngineX.Benchmarks.Data;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>Windows over G1 in memory: the number of a row, the value before, and rolling frames of rows and of a range.</summary>
internal sealed class WindowSuite : CompareSuite
{
    private readonly MemoryTables _tables;
    private readonly Flow _x;
    private readonly WindowPeers _peers;

    public WindowSuite(CompareOptions options)
        : base("window", options)
    {
        _tables = new MemoryTables(options);
        _x = _tables.Load("x", new GroupByTable(options.Rows, nullPercent: options.NullPercent), out var batches);
        _peers = new WindowPeers(batches, options);
    }

    public override IEnumerable<CompareTask> Tasks()
    {
        // Only values that ties share are put out, so that rows with equal keys may stand in any order.
        (string Task, string Key, string Sql, WindowColumn Column)[] windows =
        [
            ("number", "id6", "row_number() OVER w", WindowColumn.RowNumber().As("w")),
            ("before", "id6", "lag(v3) OVER w", WindowColumn.Lag(Col("v3")).As("w")),
            ("rolling", "id3", "avg(v3) OVER (w ROWS BETWEEN 9 PRECEDING AND CURRENT ROW)", WindowColumn.RollingMean(Col("v3"), 10, 1).As("w")),
            ("range", "id3", "avg(v3) OVER (w RANGE BETWEEN 5 PRECEDING AND CURRENT ROW)", WindowColumn.RollingMean(Col("v3"), WindowFrame.Range(5)).As("w")),
            ("rangesum", "id3", "CAST(sum(id4) OVER (w RANGE BETWEEN 2 PRECEDING AND 1 FOLLOWING) AS BIGINT)", WindowColumn.RollingSum(Col("id4"), WindowFrame.Range(2, 1)).As("w")),
        ];
        foreach (var (task, key, sql, column) in windows.Where(w => Wants(w.Task)))
        {
            yield return new CompareTask(
                task,
                $"{column.Kind} of v3 by {key}",
                Options.Rows,
                [
                    _tables.DuckDb.Query($"SELECT {key}, v3, {sql} FROM x WINDOW w AS (PARTITION BY {key} ORDER BY v3 NULLS LAST)"),
                    _tables.Own.Query(_x.Window([key], [new OrderKey("v3")], column).Select(Col(key).As(key), Col("v3").As("v3"), Col("w").As("w"))),
                    .. column.Frame is null ? _peers.Entries(task) : [],
                ]);
        }
    }

    public override void Dispose() => _tables.Dispose();
}
