using DataEngineX.Pipelines.Tests.Engine;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Flows;

/// <summary>Both ways to write a flow give the same plan, so one fingerprint, one EXPLAIN and one lineage.</summary>
public sealed class PlanEqualityTests
{
    private static readonly RowsSource<Reading> Source = new("readings", []);

    private static Flow<Reading> Typed => Flow.From(Source).As<Reading>();

    private static Flow Untyped => Flow.From(Source);

    public static TheoryData<string, Flow, Flow> Twins()
    {
        var limit = 30.5;
        string[] stations = ["a", "b"];
        string? nothing = null;
        return new TheoryData<string, Flow, Flow>
        {
            { "comparison", Typed.Where(r => r.TempF > limit), Untyped.Where(Col("temp_f") > 30.5) },
            { "null literal", Typed.Where(r => r.Station != null), Untyped.Where(Col("station").IsNotNull()) },
            { "captured null", Typed.Where(r => r.Station == nothing), Untyped.Where(Col("station").IsNull()) },
            { "and, or, not", Typed.Where(r => !(r.Count > 1 && r.Count < 9) || r.Station == "x"), Untyped.Where(!(Col("count") > 1 & Col("count") < 9) | Col("station") == "x") },
            { "captured array", Typed.Where(r => stations.Contains(r.Station)), Untyped.Where(Col("station").IsIn("a", "b")) },
            { "text", Typed.Where(r => r.Station!.StartsWith("ab") && r.Station.Length > 2), Untyped.Where(Col("station").StartsWith("ab") & Col("station").Length() > 2) },
            {
                "select", Typed.Select(r => new { r.Station, TempC = (r.TempF - 32) * 5 / 9, r.Day.Year }),
                Untyped.Select("station", ((Col("temp_f") - 32.0) * 5.0 / 9.0).As("temp_c"), Col("day").Year().As("year"))
            },
            {
                "group by", Typed.GroupBy(r => r.Station).Aggregate(g => new { Station = g.Key, Top = g.Max(r => r.TempF), N = g.Count() }),
                Untyped.GroupBy("station").Aggregate(Aggregate.Max(Col("temp_f")).As("top"), Aggregate.Count().As("n"))
            },
            { "sort", Typed.OrderBy(r => new { r.Station, r.Day }), Untyped.OrderBy(new Plans.OrderKey("station"), new Plans.OrderKey("day")) },
            { "distinct", Typed.DistinctBy(r => r.Station), Untyped.Distinct("station") },
            { "union", Typed.Union(Typed), Untyped.Union(Untyped) },
            { "take", Typed.Take(5), Untyped.Take(5) },
            { "skip", Typed.Skip(5), Untyped.Skip(5) },
            { "sample", Typed.Sample(0.5), Untyped.Sample(0.5) },
            { "sample by key", Typed.SampleBy(0.5, r => new { r.Station, r.Day }), Untyped.Sample(0.5, "station", "day") },
            { "sample rows", Typed.SampleRows(5), Untyped.SampleRows(5) },
            {
                "unpivot", Typed.Unpivot(r => new[] { r.TempF, r.Count }, (r, name, value) => new { r.Station, Column = name, Cell = value }, dropNulls: true),
                Untyped.Unpivot(["temp_f", "count"], ["station"], "column", "cell", dropNulls: true)
            },
            {
                "unpivot to a computed row", Typed.Unpivot(r => new[] { r.TempF, r.Count }, (r, name, value) => new { name, Twice = value * 2.0 }),
                Untyped.Unpivot(["temp_f", "count"], [], "$name", "$value").Select(Col("$name").As("name"), (Col("$value") * 2.0).As("twice"))
            },
            {
                "pivot", Typed.Pivot(r => r.Day, r => r.Station, ["a", "b"], g => g.Max(r => r.TempF)),
                Untyped.Pivot(Col("station"), ["a", "b"], [Aggregate.Max(Col("temp_f"))], ["day"])
            },
            {
                "pivot with several aggregates", Typed.Pivot(r => r.Day, r => r.Count, [1, 2], g => new { Top = g.Max(r => r.TempF), N = g.Count() }),
                Untyped.Pivot(Col("count"), [1, 2], [Aggregate.Max(Col("temp_f")).As("top"), Aggregate.Count().As("n")], ["day"])
            },
            {
                "explode", Typed.GroupBy(r => r.Station).Aggregate(g => new { Station = g.Key, Top = g.Largest(r => r.Count, 2) }).Explode(r => r.Top, (r, top) => new { r.Station, Best = top + 1 }),
                Untyped.GroupBy("station").Aggregate(Aggregate.Largest(Col("count"), 2).As("top")).Explode("top").Select("station", (Col("top") + 1).As("best"))
            },
            {
                "explode of two lists",
                Typed.GroupBy(r => r.Station).Aggregate(g => new { Station = g.Key, Top = g.Largest(r => r.Count, 2), Low = g.Smallest(r => r.Count, 2) })
                    .Explode(r => r.Top, r => r.Low, (r, top, low) => new { r.Station, top, low }, keepEmpty: true),
                Untyped.GroupBy("station").Aggregate(Aggregate.Largest(Col("count"), 2).As("top"), Aggregate.Smallest(Col("count"), 2).As("low"))
                    .Explode(["top", "low"], keepEmpty: true).Select("station", "top", "low")
            },
            {
                "window", Typed.Window(r => r.Station, r => r.Day, (r, w) => new { r.Station, Before = w.Lag(r.Count, 1) }),
                Untyped.Window(["station"], [new Plans.OrderKey("day")], WindowColumn.Lag(Col("count")).As("$w0")).Select("station", Col("$w0").As("before"))
            },
            { "conditional", Typed.Select(r => new { X = r.Count > 2 ? "many" : "few" }), Untyped.Select(If(Col("count") > 2, "many", "few").As("x")) },
            { "coalesce", Typed.Select(r => new { X = r.TempF ?? 0.0 }), Untyped.Select(Col("temp_f").Coalesce(0.0).As("x")) },
        };
    }

    [Theory]
    [MemberData(nameof(Twins), DisableDiscoveryEnumeration = true)]
    public void Typed_and_untyped_twins_give_one_plan(string what, Flow typed, Flow untyped)
    {
        Assert.NotEmpty(what);
        Assert.Equal(Canonical(untyped), Canonical(typed));
    }

    private static string Canonical(Flow flow) => Text(flow.Node);

    private static string Text(Plans.PlanNode node) => $"({node} {string.Join(' ', node.Inputs.Select(Text))})";
}
