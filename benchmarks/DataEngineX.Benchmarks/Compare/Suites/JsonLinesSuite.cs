using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>G1 as JSON lines in the page cache: all columns typed and materialised, and a group-by straight from the file.</summary>
internal sealed class JsonLinesSuite(CompareOptions options) : CompareSuite("jsonl", options)
{
    private static readonly AnswerShape Exact = new(ExactDoubles: true);
    private readonly DuckDb _duckDb = new(options.Threads);
    private readonly OwnEngine _own = new(options.Threads);

    public override IEnumerable<CompareTask> Tasks()
    {
        var table = new GroupByTable(Options.Rows, nullPercent: Options.NullPercent);
        var file = DataFiles.JsonLines(table);
        var scan = $"read_json('{file}', format='newline_delimited', columns={DataFiles.SqlStruct(table.Schema)})";
        var flow = Flow.From(new JsonFileSource(file, table.Schema));
        if (Wants("read"))
        {
            yield return new CompareTask(
                "read",
                "all columns, typed",
                table.Rows,
                [
                    _duckDb.Query($"SELECT * FROM {scan}", Exact),
                    _own.Query(flow.Select([.. table.Schema.FieldsList.Select(f => Col(f.Name).As(f.Name))]), Exact),
                ]);
        }

        if (Wants("group"))
        {
            yield return new CompareTask(
                "group",
                "sum v1 by id1",
                table.Rows,
                [
                    _duckDb.Query($"SELECT id1, sum(v1) FROM {scan} GROUP BY id1"),
                    _own.Query(flow.GroupBy(Col("id1").As("id1")).Aggregate(Aggregate.Sum(Col("v1")))),
                ]);
        }
    }

    public override void Dispose() => _duckDb.Dispose();
}
