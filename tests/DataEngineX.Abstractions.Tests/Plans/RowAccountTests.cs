using DataEngineX.Plans;

namespace DataEngineX.Abstractions.Tests.Plans;

public sealed class RowAccountTests
{
    [Fact]
    public void In_and_generated_balance_out_and_dropped()
    {
        var rows = new RowAccount();
        rows.Add(RowFlow.In, 10);
        rows.Add(RowFlow.Expanded, 3);
        rows.Add(RowFlow.Filtered, 2);
        rows.Add(RowFlow.Quarantined, 1);
        Assert.False(rows.IsBalanced);
        rows.Add(RowFlow.Out, 10);
        Assert.True(rows.IsBalanced);
    }

    [Fact]
    public void Counts_from_many_threads_are_all_kept()
    {
        var rows = new RowAccount();
        Parallel.For(0, 1000, _ => rows.Add(RowFlow.In, 2));
        Assert.Equal(2000, rows[RowFlow.In]);
    }
}
