using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Computes window columns over a batch that holds whole partitions.</summary>
internal sealed class PartitionBatch(WindowPlan plan, OperatorContext context)
{
    /// <summary>The batch with the columns added.</summary>
    /// <param name="sorted">Sorted rows, borrowed.</param>
    public RecordBatch Compute(RecordBatch sorted)
    {
        using var starts = new OutputBuffer<bool>(context.Allocator, sorted.Length);
        using var peers = new OutputBuffer<bool>(context.Allocator, plan.UsesPeers ? sorted.Length : 0);
        plan.Mark(sorted, plan.Keys, starts.Span);
        if (plan.UsesPeers)
            plan.MarkPeers(sorted, peers.Span);
        using var columns = new BatchColumns(plan.Schema.FieldsList.Count);
        for (var c = 0; c < sorted.ColumnCount; c++)
            columns[c] = ArrowArrayFactory.BuildArray(sorted.Column(c).Data.Retain());
        for (var f = 0; f < plan.Functions.Count; f++)
        {
            if (plan.Functions[f].Frame is null)
                columns[sorted.ColumnCount + f] = Named(plan.Functions[f], sorted, starts.Span, peers.Span, [], []);
        }

        foreach (var frame in plan.Functions.Select(f => f.Frame).OfType<FramePlan>().Distinct())
            AddFramed(frame, sorted, starts.Span, peers.Span, columns);
        return columns.Build(plan.Schema, sorted.Length);
    }

    /// <summary>Adds all columns of a frame, so that its bounds are found once and held no longer.</summary>
    private void AddFramed(FramePlan frame, RecordBatch sorted, ReadOnlySpan<bool> starts, ReadOnlySpan<bool> peers, BatchColumns columns)
    {
        using var fromRows = new OutputBuffer<int>(context.Allocator, sorted.Length);
        using var toRows = new OutputBuffer<int>(context.Allocator, sorted.Length);
        var from = fromRows.Span;
        var to = toRows.Span;
        frame.Fill(sorted, starts, peers, from, to, context.Allocator);
        for (var f = 0; f < plan.Functions.Count; f++)
        {
            var function = plan.Functions[f];
            if (function.Frame is null || function.Frame != frame)
                continue;
            columns[sorted.ColumnCount + f] = Named(function, sorted, starts, peers, from, to);
        }
    }

    private IArrowArray Named(
        WindowFunction function, RecordBatch sorted, ReadOnlySpan<bool> starts, ReadOnlySpan<bool> peers, ReadOnlySpan<int> from, ReadOnlySpan<int> to)
    {
        try
        {
            return function.Frame is null ? Column(function, sorted, starts, peers) : Framed(function, sorted, from, to);
        }
        catch (Exception e) when (Faults.IsNameless(e))
        {
            throw Faults.At(WindowPlan.Operator, function.Column.Name, e);
        }
    }

    private IArrowArray Framed(WindowFunction function, RecordBatch sorted, ReadOnlySpan<int> from, ReadOnlySpan<int> to)
    {
        using var values = function.Value!.Evaluate(sorted, context.Parameters, context.Allocator);
        if (WindowAggregates.Of(function.Kind) is { } aggregate)
            return FrameAggregate.Create(aggregate, values.Data.DataType).Run(values.Data, from, to, function.Column.MinRows, -1, context.Allocator);
        return function.Kind is WindowKind.Last or WindowKind.RollingLast
            ? FramePicks.Last(values.Data, from, to, context.Allocator)
            : FramePicks.Nth(values.Data, from, to, function.Column.Nth(), context.Allocator);
    }

    private IArrowArray Column(WindowFunction function, RecordBatch sorted, ReadOnlySpan<bool> starts, ReadOnlySpan<bool> peers)
    {
        var allocator = context.Allocator;
        if (function.Value is not null)
        {
            using var values = function.Value.Evaluate(sorted, context.Parameters, allocator);
            return Windows.Lag(values, starts, function.Kind == WindowKind.Lag ? function.Column.Rows : -function.Column.Rows, allocator);
        }

        return function.Kind switch
        {
            WindowKind.Rank => Windows.Rank(starts, peers, allocator),
            WindowKind.DenseRank => Windows.DenseRank(starts, peers, allocator),
            WindowKind.PercentRank => Windows.PercentRank(starts, peers, allocator),
            WindowKind.CumeDist => Windows.CumeDist(starts, peers, allocator),
            WindowKind.Tile => Windows.Tile(starts, function.Column.Rows, allocator),
            _ => Windows.RowNumber(starts, allocator),
        };
    }
}
