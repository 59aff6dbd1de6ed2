using DataEngineX.Benchmarks.Data;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>The join tasks over J1 in memory: all columns of the left side and those of the right side that are not keys of the join.</summary>
internal sealed class JoinSuite : CompareSuite
{
    private readonly MemoryTables _tables;
    private readonly Dictionary<string, Flow> _flows = [];
    private readonly Dictionary<string, string[]> _columns = [];
    private readonly JoinPeers _peers;

    public JoinSuite(CompareOptions options)
        : base("join", options)
    {
        _tables = new MemoryTables(options);
        var (left, small, medium, big) = JoinTable.Create(options.Rows);
        _peers = new JoinPeers(options);
        foreach (var (name, table) in new[] { ("x", left), ("small", small), ("medium", medium), ("big", big) })
        {
            _flows[name] = _tables.Load(name, table, out var batches);
            _columns[name] = [.. table.Schema.FieldsList.Select(f => f.Name)];
            _peers.Load(name, batches);
        }
    }

    public override IEnumerable<CompareTask> Tasks()
    {
        (string Task, string Right, string Key, JoinKind Kind)[] joins =
        [
            ("q1", "small", "id1", JoinKind.Inner),
            ("q2", "medium", "id2", JoinKind.Inner),
            ("q3", "medium", "id2", JoinKind.Left),
            ("q4", "medium", "id5", JoinKind.Inner),
            ("q5", "big", "id3", JoinKind.Inner),
        ];
        foreach (var (task, right, key, kind) in joins.Where(j => Wants(j.Task)))
        {
            yield return new CompareTask(
                task,
                $"{right} {(kind == JoinKind.Left ? "left" : "inner")} on {key}",
                Options.Rows,
                [_tables.DuckDb.Query(Sql(right, key, kind)), _tables.Own.Query(Flow(right, key, kind)), .. _peers.Entries(task)]);
        }
    }

    public override void Dispose() => _tables.Dispose();

    private string Sql(string right, string key, JoinKind kind)
    {
        var columns = _columns["x"].Select(c => $"x.{c}").Concat(Others(right, key).Select(c => $"r.{c} AS r_{c}"));
        return $"SELECT {string.Join(", ", columns)} FROM x {(kind == JoinKind.Left ? "LEFT JOIN" : "JOIN")} {right} r ON x.{key} = r.{key}";
    }

    private Flow Flow(string right, string key, JoinKind kind) => _flows["x"].Join(
        _flows[right].Select([Col(key).As("r_key"), .. Others(right, key).Select(c => Col(c).As("r_" + c))]), [Col(key)], [Col("r_key")], kind)
        .Select([.. _columns["x"].Select(c => Col(c).As(c)), .. Others(right, key).Select(c => Col("r_" + c).As("r_" + c))]);

    private IEnumerable<string> Others(string right, string key) => _columns[right].Where(c => c != key);
}
