using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Lakehouse;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Benchmarks.Compare.Spilling;

/// <summary>A task that does not fit its memory budget: from Parquet files to a Parquet file.</summary>
/// <param name="Name">The name.</param>
/// <param name="Question">In words.</param>
/// <param name="Shape">How results are compared.</param>
/// <param name="Sql">The query over the Parquet files <c>{0}</c> and <c>{1}</c>.</param>
/// <param name="Describe">The same as a pipeline from those files to the third.</param>
internal sealed record SpillTask(
    string Name, string Question, AnswerShape Shape, string Sql, Func<PipelineBuilder, string, string, string, PipelineEnd> Describe)
{
    private static readonly string[] GroupKeys = ["id1", "id2", "id3", "id4", "id5", "id6"];
    private static readonly string[] BigColumns = ["id1", "id2", "id4", "id5", "id6", "v2"];

    public static IReadOnlyList<SpillTask> All { get; } =
    [
        new("group", "sum v3, count by id1..id6", AnswerShape.Default,
            "SELECT id1, id2, id3, id4, id5, id6, sum(v3), count(*) FROM read_parquet('{0}') GROUP BY ALL",
            (p, x, _, target) => p.ReadParquet(x).GroupBy([.. GroupKeys.Select(k => Col(k).As(k))])
                .Aggregate(Aggregate.Sum(Col("v3")), Aggregate.Count()).ReplaceParquet(target)),
        new("join", "big inner on id3", new AnswerShape(ExactDoubles: true),
            "SELECT x.id1, x.id2, x.id3, x.id4, x.id5, x.id6, x.v1, r.id1 AS r_id1, r.id2 AS r_id2, r.id4 AS r_id4, r.id5 AS r_id5, r.id6 AS r_id6, r.v2 AS r_v2 "
            + "FROM read_parquet('{0}') x JOIN read_parquet('{1}') r ON x.id3 = r.id3",
            (p, x, right, target) => p.ReadParquet(x)
                .Join(p.ReadParquet(right).Select([Col("id3").As("r_id3"), .. BigColumns.Select(c => Col(c).As("r_" + c))]), [Col("id3")], [Col("r_id3")])
                .Select([.. GroupKeys.Append("v1").Concat(BigColumns.Select(c => "r_" + c)).Select(c => Col(c).As(c))]).ReplaceParquet(target)),
        new("sort", "all columns by id6, v3", new AnswerShape(ExactDoubles: true, OrderedBy: [5, 8]),
            "SELECT * FROM read_parquet('{0}') ORDER BY id6, v3",
            (p, x, _, target) => p.ReadParquet(x).OrderBy(new OrderKey("id6"), new OrderKey("v3")).ReplaceParquet(target)),
    ];
}
