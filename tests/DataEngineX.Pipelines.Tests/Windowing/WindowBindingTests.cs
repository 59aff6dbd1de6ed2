using Apache.Arrow.Types;
using DataEngineX.Pipelines.Tests.Engine;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Windowing;

/// <summary>Typed and untyped windows are one plan; frames that cannot be are refused with a reason; sums are exact.</summary>
public sealed class WindowBindingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Flow<WindowRow> Typed(params WindowRow[] rows) => EngineFixture.Rows(rows);

    [Fact]
    public void Typed_columns_build_the_plan_of_untyped_ones()
    {
        var near = WindowFrame.Rows(2, 1);
        Same(
            Typed().Window(r => r.Part, r => r.At, (r, w) => new
            {
                A = w.RollingMean(r.Value, 7),
                B = w.RollingSum(r.Number, 7, 2),
                C = w.RollingMean(r.Value, TimeSpan.FromHours(3)),
                D = w.RollingMax(r.Text, near, 2),
                E = w.RollingNth(r.Text, 2, WindowFrame.Range(null, TimeSpan.FromDays(1))),
                F = w.RollingCount(r.Text, 4),
                G = w.RollingFirst(r.Text, TimeSpan.FromMinutes(5)),
                H = w.NthValue(r.Text, 3),
                I = w.CumeDist(),
                J = w.RunningMin(r.Value),
                K = w.RunningStandardDeviation(r.Value),
                L = w.RollingVariancePopulation(r.Value, WindowFrame.Rows(3)),
            }),
            WindowColumn.RollingMean(Col("value"), 7),
            WindowColumn.RollingSum(Col("number"), 7, 2),
            WindowColumn.RollingMean(Col("value"), WindowFrame.Range(TimeSpan.FromHours(3))),
            WindowColumn.RollingMax(Col("text"), near, 2),
            WindowColumn.RollingNth(Col("text"), 2, WindowFrame.Range(null, TimeSpan.FromDays(1))),
            WindowColumn.RollingCount(Col("text"), 4),
            WindowColumn.RollingFirst(Col("text"), WindowFrame.Range(TimeSpan.FromMinutes(5))),
            WindowColumn.NthValue(Col("text"), 3),
            WindowColumn.CumeDist(),
            WindowColumn.RunningMin(Col("value")),
            WindowColumn.RunningStandardDeviation(Col("value")),
            WindowColumn.RollingVariancePopulation(Col("value"), WindowFrame.Rows(3)));
        Assert.Equal(WindowColumn.RollingMin(Col("value"), 4, 1), WindowColumn.RollingMin(Col("value"), WindowFrame.Rows(3)));

        static void Same<T>(Flow<T> typed, params WindowColumn[] untyped)
        {
            var flow = (Flow)Typed();
            var twin = flow.Window(["part"], [new OrderKey("at")], [.. untyped.Select((c, i) => c.As("$w" + i))])
                .Select([.. untyped.Select((_, i) => Col("$w" + i).As(((char)('a' + i)).ToString()))]);
            Assert.Equal(Text(twin.Node), Text(typed.Node));
        }

        static string Text(PlanNode node) => $"({node} {string.Join(' ', node.Inputs.Select(Text))})";
    }

    [Fact]
    public async Task Frames_that_do_not_fit_the_order_are_refused()
    {
        var hour = WindowFrame.Range(TimeSpan.FromHours(1));
        await RefusedAsync("needs a single order key", ["at", "id"], WindowColumn.RollingMean(Col("value"), hour));
        await RefusedAsync("has no distances", ["text"], WindowColumn.RollingMean(Col("value"), WindowFrame.Range(2)));
        await RefusedAsync("a TimeSpan, not a number", ["at"], WindowColumn.RollingMean(Col("value"), WindowFrame.Range(2)));
        await RefusedAsync("a number, not a TimeSpan", ["id"], WindowColumn.RollingMean(Col("value"), hour));
        await RefusedAsync("needs a number", ["id"], WindowColumn.RollingSum(Col("text"), 3));
        await RefusedAsync("needs a number, a date or a time", ["id"], WindowColumn.RollingMin(Col("text"), 3));
        await RefusedAsync("takes no value", ["id"], new WindowColumn("x", WindowKind.Rank, Col("id")));
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowFrame.Rows(2, -3));
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowFrame.Range(double.NaN));

        static async Task RefusedAsync(string why, string[] order, WindowColumn column)
        {
            var flow = ((Flow)Typed()).Window([], [.. order.Select(o => new OrderKey(o))], column.As("out"));
            var error = await Assert.ThrowsAsync<PlanException>(async () => await EngineFixture.Reader().ExplainAsync(flow, Cancel));
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
            Assert.Contains("out", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Peer_frames_take_any_order()
    {
        WindowRow[] rows = [.. new[] { "b", "a", "a", null }.Select((t, i) => new WindowRow(null, null, null, null, i, null, t, i))];
        var flow = ((Flow)Typed(rows)).Window(
            [], [new OrderKey("text"), new OrderKey("part")], WindowColumn.RollingSum(Col("number"), WindowFrame.Range((double?)null, 0)).As("sum"));
        var read = await EngineFixture.Reader().ToListAsync(flow.Select("id", "sum").As<Summed>(), Cancel);
        Assert.Equal([new Summed(1, 3), new Summed(2, 3), new Summed(0, 3), new Summed(3, 6)], read);
    }

    [Fact]
    public async Task Sums_of_whole_numbers_and_decimals_are_exact_and_overflow_is_told()
    {
        long[] values = [long.MaxValue - 5, 3, -7, 12];
        WindowRow[] rows = [.. values.Select((v, i) => new WindowRow(null, null, null, v, null, null, null, i))];
        var flow = ((Flow)Typed(rows)).Window(
            [],
            [new OrderKey("id")],
            WindowColumn.RollingSum(Col("whole"), 2, 1).As("sum"),
            WindowColumn.RollingSum(Col("whole").Cast(new Decimal128Type(22, 2)), 3, 1).As("decimals"));
        await foreach (var batch in EngineFixture.Reader(100).ReadAsync(flow, Cancel))
        {
            using (batch)
            {
                Assert.Equal([long.MaxValue - 5, long.MaxValue - 2, -4L, 5L], Compute.Rows.Read(batch.Column("sum")));
                Assert.Equal((38, 2), batch.Column("decimals").Data.DataType is Decimal128Type d ? (d.Precision, d.Scale) : default);
                Int128 most = (Int128)(long.MaxValue - 5) * 100;
                Assert.Equal([most, most + 300, most - 400, (Int128)800], Compute.Rows.Read(batch.Column("decimals")));
            }
        }

        var over = ((Flow)Typed(rows)).Window([], [new OrderKey("id")], WindowColumn.RollingSum(Col("whole"), WindowFrame.Rows(0, 3)));
        var error = await Assert.ThrowsAnyAsync<Exception>(async () => await EngineFixture.Reader().ExplainRunAsync(over, Cancel));
        Assert.Contains("windowed sum", error.ToString(), StringComparison.Ordinal);
    }

    public sealed record Summed(int Id, long Sum);
}
