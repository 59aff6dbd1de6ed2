using Apache.Arrow;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Lakehouse;
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
    private RecordBatch[] _batches = [];

    public override IEnumerable<CompareTask> Tasks()
    {
        var table = new GroupByTable(Options.Rows, nullPercent: Options.NullPercent);
        var file = DataFiles.JsonLines(table);
        var scan = Scan(file);
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

        if (Wants("write"))
        {
            _batches = table.ReadAll();
            _duckDb.Load("x", table);
            var source = Flow.From(new BatchesSource(_batches));
            yield return new CompareTask(
                "write",
                "all columns from memory",
                table.Rows,
                [
                    _duckDb.Copy("x", "FORMAT json", Scan, Exact),
                    _own.Write(path => source.ReplaceJsonLines(path), path => _duckDb.Read($"SELECT * FROM {Scan(path)}", Exact)),
                ]);
        }

        string Scan(string path) => $"read_json('{path}', format='newline_delimited', columns={DataFiles.SqlStruct(table.Schema)})";
    }

    public override void Dispose()
    {
        _duckDb.Dispose();
        foreach (var batch in _batches)
            batch.Dispose();
    }
}
