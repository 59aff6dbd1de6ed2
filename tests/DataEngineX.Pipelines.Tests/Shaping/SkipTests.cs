using DataEngineX.Pipelines.Tests.Execution;
using DataEngineX.Pipelines.Tests.Joins;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Shaping;

public sealed class SkipTests
{
    [Fact]
    public async Task Skip_and_take_cut_a_page_out_of_any_batches()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var rows = JoinFixture.Rows(random, random.Next(60), 9);
            var (skip, take) = (random.Next(70), random.Next(40));
            Flow Source() => JoinFixture.Flow(new CutSource("l", rows, seed, random.Next(1, 20))).Select("number");
            var numbers = rows.Select(r => FormattableString.Invariant($"{r.Number}")).ToList();
            Assert.Equal(numbers.Skip(skip), await ShapeFixture.LinesAsync(Source().Skip(skip), random.Next(1, 20), random.Next(1, 4)));
            Assert.Equal(numbers.Skip(skip).Take(take), await ShapeFixture.LinesAsync(Source().Skip(skip).Take(take), random.Next(1, 20), random.Next(1, 4)));
            Assert.Equal(numbers.Take(take).Skip(skip), await ShapeFixture.LinesAsync(Source().Take(take).Skip(skip), random.Next(1, 20), random.Next(1, 4)));
            var ordered = Source().OrderBy(new Plans.OrderKey("number", Descending: true)).Skip(skip).Take(take);
            Assert.Equal(
                rows.OrderByDescending(r => r.Number).Skip(skip).Take(take).Select(r => FormattableString.Invariant($"{r.Number}")),
                await ShapeFixture.LinesAsync(ordered, random.Next(1, 20), random.Next(1, 4)));
        }
    }

    [Fact]
    public async Task A_page_of_an_order_holds_the_rows_before_it_and_its_own()
    {
        var source = JoinFixture.Flow(new CutSource("l", [], 1, 1));
        var run = await ShapeFixture.PlanAsync(source.OrderBy(new Plans.OrderKey("number")).Skip(20).Take(10));
        Assert.Matches(@"skip rows=20 [\s\S]*top keys=\[.*\] rows=30 ", run);
        var large = await ShapeFixture.PlanAsync(source.OrderBy(new Plans.OrderKey("number")).Skip(long.MaxValue).Take(10));
        Assert.Matches(@"limit [\s\S]*skip [\s\S]*sort ", large);
    }

    [Fact]
    public async Task A_limit_reaches_the_scan_with_the_rows_skipped_and_no_condition_moves_below()
    {
        var parts = Flow.From(new PartsSource(2, 2, 2));
        var run = await ShapeFixture.PlanAsync(parts.Skip(2).Take(3));
        Assert.Contains(" limit=5", run, StringComparison.Ordinal);
        var filtered = await ShapeFixture.PlanAsync(parts.Skip(2).Where(Col("row") > 1));
        Assert.Matches(@"filter [\s\S]*skip ", filtered);
        var endless = await ShapeFixture.PlanAsync(parts.Skip(long.MaxValue).Take(3));
        Assert.DoesNotContain(" limit=", endless, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rename_and_drop_bind_to_selects_that_are_pruned()
    {
        var source = JoinFixture.Flow(new CutSource("l", JoinFixture.Rows(new Random(1), 9, 5), 1, 3));
        var flow = source.Rename(Col("number").As("no"), Col("text").As("number")).Drop("real", "name").Where(Col("no") > 2);
        Assert.Equal(6, (await ShapeFixture.LinesAsync(flow)).Count);
        Assert.Equal("whole, number, no", await ShapeFixture.NamesAsync(flow));
        var run = await ShapeFixture.PlanAsync(flow);
        Assert.Contains("columns=[\"whole\", \"text\", \"number\"]", run, StringComparison.Ordinal);
        Assert.Matches(@"filter predicate=\(gt \(col ""number""\)[^\n]*\n[^\n]*\n *scan", run);
        Assert.Equal(Plans.RecomputeKind.RowLocal, (await ShapeFixture.BindAsync(source.Drop("real"))).Recompute.Kind);
    }

    [Fact]
    public async Task Rename_and_drop_refuse_what_is_not_there_or_twice()
    {
        var source = JoinFixture.Flow(new CutSource("l", [], 1, 3));
        Assert.Contains("There is no column 'zip'", await ShapeFixture.RefusedAsync(() => source.Drop("zip")), StringComparison.Ordinal);
        Assert.Contains("No column would be left", await ShapeFixture.RefusedAsync(() => source.Drop("whole", "text", "real", "number", "name")), StringComparison.Ordinal);
        Assert.Contains("rename: There is no column 'zip'", await ShapeFixture.RefusedAsync(() => source.Rename(Col("zip").As("a"))), StringComparison.Ordinal);
        Assert.Contains("two columns 'text'", await ShapeFixture.RefusedAsync(() => source.Rename(Col("name").As("text"))), StringComparison.Ordinal);
        Assert.Contains("is not a column", await ShapeFixture.RefusedAsync(() => source.Rename((Col("number") + 1).As("text"))), StringComparison.Ordinal);
        Assert.Contains("renamed twice", await ShapeFixture.RefusedAsync(() => source.Rename(Col("name").As("a"), Col("name").As("b"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_are_refused_as_keys_with_what_to_do()
    {
        var lists = Flow.From(Lists.Source([], 1, 1));
        Assert.Contains("cannot be grouped by 'numbers', which is list<int32>: use an item of it", await ShapeFixture.RefusedAsync(() => lists.GroupBy("numbers").Aggregate(Aggregate.Count())), StringComparison.Ordinal);
        Assert.Contains("which is list<int32>: use an item of it", await ShapeFixture.RefusedAsync(() => lists.Join(lists, ["numbers"])), StringComparison.Ordinal);
        Assert.Contains("use its fields", await ShapeFixture.RefusedAsync(() => lists.Explode("pairs").GroupBy("pairs").Aggregate(Aggregate.Count())), StringComparison.Ordinal);
        Assert.Contains("Explode", await ShapeFixture.RefusedAsync(() => lists.Distinct("numbers")), StringComparison.Ordinal);
    }
}
