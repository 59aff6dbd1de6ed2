using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests.Gates;

public class CheckNodeTests
{
    private static readonly Schema Schema = new(
        [new("a", Int64Type.Default, true), new("b", Int64Type.Default, true), new("c", Int64Type.Default, true), new(RowOrigin.LineColumn, Int64Type.Default, true)], null);

    [Theory]
    [InlineData(Gate.Quarantine, true, MemoryBehavior.Spilling)]
    [InlineData(Gate.Quarantine, false, MemoryBehavior.Streaming)]
    [InlineData(Gate.Stop, true, MemoryBehavior.Streaming)]
    [InlineData(Gate.Warn, true, MemoryBehavior.Streaming)]
    public void Rows_are_held_only_where_a_quarantine_has_to_know_them_all(Gate gate, bool unique, MemoryBehavior memory)
    {
        var bound = Bind(unique ? q => q.NotNull("a").Unique("b") : q => q.NotNull("a"), gate);
        Assert.Equal(memory, bound.Memory);
        Assert.Equal(unique ? RecomputeScope.ThisRun : RecomputeScope.RowLocal, bound.Recompute);
        Assert.Equal(gate == Gate.Quarantine ? [SideOutput.Quarantine] : [], bound.SideOutputs);
    }

    [Fact]
    public void Columns_pass_through_and_checked_ones_decide_which_rows_there_are_at_a_quarantine()
    {
        var bound = Bind(q => q.NotNull("a").Where(Col("b") > 0), Gate.Quarantine);
        Assert.Equal(Schema.FieldsList, bound.Schema.FieldsList);
        Assert.Equal([new LineageEdge(0, "c", LineageKind.Identity)], bound.Lineage.Columns["c"]);
        Assert.Equal([new LineageEdge(0, "a", LineageKind.Filter), new LineageEdge(0, "b", LineageKind.Filter)], bound.Lineage.Indirect);
        Assert.Empty(Bind(q => q.NotNull("a"), Gate.Stop).Lineage.Indirect);
    }

    [Fact]
    public void A_quarantine_needs_whole_rows_other_gates_what_they_check_and_where_it_came_from()
    {
        Assert.Null(Bind(q => q.NotNull("a"), Gate.Quarantine).RequiredColumns(0, new HashSet<string> { "c" }));
        var required = Bind(q => q.NotNull("a").Where(Col("b") > 0), Gate.Stop).RequiredColumns(0, new HashSet<string> { "c" });
        Assert.Equal(["_line", "a", "b", "c"], required!.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_condition_is_pushed_below_a_gate_for_it_would_change_the_verdicts() =>
        Assert.Null(Bind(q => q.NotNull("a"), Gate.Stop).PushDown(Col("a") > 0, 0));

    [Fact]
    public void The_node_tells_its_suite_in_its_canonical_form()
    {
        var bound = Bind(q => q.NotNull("a").Mostly(0.5), Gate.Quarantine);
        Assert.Equal("check rules=[(not_null [\"a\"]) mostly=\"0.5\"] gate=\"Quarantine\"", bound.Node.ToString());
        var other = bound.Node.WithInputs([bound.Node]);
        Assert.Equal(bound.Node.ToString(), other.ToString());
        Assert.Same(bound.Node, Assert.Single(other.Inputs));
    }

    [Fact]
    public void A_filter_that_does_not_bind_is_refused() =>
        Assert.Throws<PlanException>(() => Bind(q => q.NotNull("a").Where(Col("nowhere") > 0), Gate.Stop));

    private static BoundNode Bind(Func<QualityBuilder, QualityBuilder> rules, Gate gate) =>
        GateRun.Bind(Schema, rules(new QualityBuilder()).OnFailure(gate).Build());
}
