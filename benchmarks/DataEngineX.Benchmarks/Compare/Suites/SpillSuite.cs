using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Benchmarks.Compare.Spilling;
using DataEngineX.Benchmarks.Data;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>A group-by with as many groups as rows, a join of two large tables and a full sort, from Parquet to Parquet with 200 MB each.</summary>
internal sealed class SpillSuite(CompareOptions options) : CompareSuite("spill", options)
{
    private const long Budget = 200_000_000;

    public override IEnumerable<CompareTask> Tasks()
    {
        var group = DataFiles.Parquet(new GroupByTable(Options.Rows, nullPercent: Options.NullPercent));
        var (left, _, _, big) = JoinTable.Create(Options.Rows);
        foreach (var task in SpillTask.All.Where(t => Wants(t.Name)))
        {
            var (first, second) = task.Name == "join" ? (DataFiles.Parquet(left), DataFiles.Parquet(big)) : (group, group);
            yield return new CompareTask(
                task.Name,
                task.Question,
                Options.Rows,
                [.. new[] { Entry.DuckDbName, Entry.OwnName }.Select(e => new ChildEntry(e, task, first, second, Budget, Options.Threads))]);
        }
    }

    public override void Dispose()
    {
    }
}
