using Apache.Arrow;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Lakehouse;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>G1 as a CSV file in the page cache: all columns typed and materialised, and a group-by straight from the file.</summary>
internal sealed class CsvSuite : CompareSuite
{
    private static readonly AnswerShape Exact = new(ExactDoubles: true);
    private readonly GroupByTable _table;
    private readonly string _file;
    private readonly DuckDb _duckDb;
    private readonly OwnEngine _own;
    private RecordBatch[] _batches = [];

    public CsvSuite(CompareOptions options)
        : base("csv", options)
    {
        _table = new GroupByTable(options.Rows, nullPercent: options.NullPercent);
        _file = DataFiles.Csv(_table);
        _duckDb = new DuckDb(options.Threads);
        _own = new OwnEngine(options.Threads);
    }

    public override IEnumerable<CompareTask> Tasks()
    {
        var scan = DataFiles.CsvScan(_table, _file);
        var flow = Flow.From(new CsvFileSource(_file, _table.Schema));
        if (Wants("read"))
        {
            yield return new CompareTask(
                "read",
                "all columns, typed",
                _table.Rows,
                [
                    _duckDb.Query($"SELECT * FROM {scan}", Exact),
                    _own.Query(flow.Select([.. _table.Schema.FieldsList.Select(f => Col(f.Name).As(f.Name))]), Exact),
                    .. Peers(),
                ]);
        }

        if (Wants("group"))
        {
            yield return new CompareTask(
                "group",
                "sum v1 by id1",
                _table.Rows,
                [
                    _duckDb.Query($"SELECT id1, sum(v1) FROM {scan} GROUP BY id1"),
                    _own.Query(flow.GroupBy(Col("id1").As("id1")).Aggregate(Aggregate.Sum(Col("v1")))),
                ]);
        }

        if (Wants("write"))
        {
            _batches = _table.ReadAll();
            _duckDb.Load("x", _table);
            var source = Flow.From(new BatchesSource(_batches));
            yield return new CompareTask(
                "write",
                "all columns from memory",
                _table.Rows,
                [
                    _duckDb.Copy("x", "FORMAT csv, HEADER", path => DataFiles.CsvScan(_table, path), Exact),
                    _own.Write(path => source.ReplaceCsv(path), path => _duckDb.Read($"SELECT * FROM {DataFiles.CsvScan(_table, path)}", Exact)),
                ]);
        }
    }

    public override void Dispose()
    {
        _duckDb.Dispose();
        foreach (var batch in _batches)
            batch.Dispose();
    }

    private IEnumerable<Entry> Peers()
    {
        if (Options.Wants("sylvan"))
            yield return new PeerEntry<GroupByColumns>("sylvan", () => GroupByColumns.ReadSylvan(_file), c => c.Digest(Exact));
        if (Options.Wants("csvhelper"))
            yield return new PeerEntry<GroupByColumns>("csvhelper", () => GroupByColumns.ReadCsvHelper(_file), c => c.Digest(Exact));
    }
}
