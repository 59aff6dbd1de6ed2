using DataEngineX.Pipelines.Tests.Engine;
using DataEngineX.Pipelines.Tests.Joins;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Shaping;

public sealed class UnpivotTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_come_row_after_row_and_in_a_row_in_the_order_of_the_columns(bool dropNulls)
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var random = new Random(seed);
            var rows = JoinFixture.Rows(random, random.Next(60), 9);
            var source = new CutSource("l", rows, seed, random.Next(1, 20));
            var flow = JoinFixture.Flow(source).Unpivot(["real", "whole", "number"], ["name", "text"], "column", "cell", dropNulls);
            var actual = await ShapeFixture.LinesAsync(flow, random.Next(1, 20), random.Next(1, 4));
            var expected = rows.SelectMany(r => new (string Name, double? Value)[] { ("real", r.Real), ("whole", r.Whole), ("number", r.Number) }
                .Where(v => !dropNulls || v.Value is not null)
                .Select(v => FormattableString.Invariant($"{r.Name ?? "-"}|{r.Text ?? "-"}|{v.Name}|{(v.Value is { } x ? FormattableString.Invariant($"{x}") : "-")}")));
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public async Task Columns_that_are_no_values_are_kept_and_numbers_widen()
    {
        var rows = EngineFixture.Rows(new { Id = "a", X = 1, Y = 2L }, new { Id = "b", X = 3, Y = 4L });
        Assert.Equal(["a|x|1", "a|y|2", "b|x|3", "b|y|4"], await ShapeFixture.LinesAsync(((Flow)rows).Unpivot(["x", "y"])));
        Assert.Contains("-> id utf8?, name utf8, value int64\n", await ShapeFixture.PlanAsync(((Flow)rows).Unpivot(["x", "y"])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typed_rows_take_name_and_value_as_values()
    {
        var rows = EngineFixture.Rows(new { Id = "a", X = (double?)1.5, Y = (double?)null }, new { Id = "b", X = (double?)null, Y = (double?)4 });
        var flow = rows.Unpivot(r => new[] { r.X, r.Y }, (r, name, value) => new { r.Id, Long = name.Length, Twice = value * 2, HasIt = value.HasValue });
        var read = await EngineFixture.Reader().ToListAsync(flow, Cancel);
        Assert.Equal([("a", 1, 3.0, true), ("a", 1, null, false), ("b", 1, null, false), ("b", 1, 8.0, true)], read.Select(r => (r.Id, r.Long, r.Twice, r.HasIt)));
    }

    [Fact]
    public async Task A_condition_on_kept_columns_moves_below_and_unwanted_columns_are_not_read()
    {
        var source = new CutSource("l", JoinFixture.Rows(new Random(1), 30, 5), 1, 9);
        var flow = JoinFixture.Flow(source).Unpivot(["whole", "number"], ["text", "name"], "column").Where(Col("text").IsNotNull() & (Col("value") > 3)).Select("text", "value");
        await ShapeFixture.LinesAsync(flow);
        var plan = await ShapeFixture.PlanAsync(flow);
        Assert.Matches(@"filter predicate=\(gt \(col ""value""\)[\s\S]*unpivot[\s\S]*keep=\[""text""\][\s\S]*filter predicate=\(is_not_null \(col ""text""\)\)[\s\S]*scan", plan);
        Assert.DoesNotContain("columns=[\"whole\", \"text\", \"number\", \"name\"]", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no column 'zip'", "zip", "x")]
    [InlineData("no common type", "text", "number")]
    [InlineData("named twice", "number", "number")]
    public async Task What_does_not_fit_is_refused_when_binding(string message, params string[] values)
    {
        var source = new CutSource("l", [], 1, 9);
        var error = await Assert.ThrowsAsync<PlanException>(async () => await ShapeFixture.BindAsync(JoinFixture.Flow(source).Unpivot(values, ["whole"], "c", "v")));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("unpivot", error.Operator);
    }

    [Fact]
    public async Task Names_that_are_there_are_refused()
    {
        var flow = JoinFixture.Flow(new CutSource("l", [], 1, 9)).Unpivot(["number"], ["name"], "name2", "value");
        await ShapeFixture.BindAsync(flow);
        var error = await Assert.ThrowsAsync<PlanException>(async () => await ShapeFixture.BindAsync(JoinFixture.Flow(new CutSource("l", [], 1, 9)).Unpivot(["number"])));
        Assert.Contains("'name' is there already", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lineage_knows_where_values_come_from()
    {
        var bound = await ShapeFixture.BindAsync(JoinFixture.Flow(new CutSource("l", [], 1, 9)).Unpivot(["number", "real"], ["text"], dropNulls: true));
        Assert.Equal([("number", LineageKind.Transformation), ("real", LineageKind.Identity)], bound.Lineage.Columns["value"].Select(e => (e.Column, e.Kind)));
        Assert.Equal(LineageKind.Identity, bound.Lineage.Columns["text"].Single().Kind);
        Assert.Empty(bound.Lineage.Columns["name"]);
        Assert.All(bound.Lineage.Indirect, e => Assert.Equal(LineageKind.Filter, e.Kind));
        Assert.Equal(Plans.RecomputeKind.RowLocal, bound.Recompute.Kind);
    }
}
