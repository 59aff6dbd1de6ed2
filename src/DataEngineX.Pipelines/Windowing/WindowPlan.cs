using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>A bound window: how rows are ordered, cut into partitions and what is computed.</summary>
internal sealed class WindowPlan
{
    /// <summary>The operator as errors name it.</summary>
    public const string Operator = "window";

    public WindowPlan(WindowNode node, Schema input, IReadOnlyList<OrderKey> order, IReadOnlyList<WindowFunction> functions)
    {
        Sort = new SortPlan(input, order, node.Operator);
        Keys = node.PartitionBy.Count;
        Functions = functions;
        Schema = new Schema(input.FieldsList.Concat(functions.Select(f => f.Field())), null);
        UsesPeers = functions.Any(f => f.UsesPeers);
    }

    public SortPlan Sort { get; }

    /// <summary>How many of the leading order keys are partition columns.</summary>
    public int Keys { get; }

    public IReadOnlyList<WindowFunction> Functions { get; }

    /// <summary>The columns of the input and what is added.</summary>
    public Schema Schema { get; }

    public bool UsesPeers { get; }

    /// <summary>Marks the rows that are not equal to the one before in so many leading keys.</summary>
    public void Mark(RecordBatch rows, int keys, Span<bool> starts) =>
        Windows.PartitionStarts([.. Sort.Orders.Take(keys).Select(o => rows.Column(o.Column))], starts);

    /// <summary>Marks the rows that are not equal to the one before in all keys.</summary>
    public void MarkPeers(RecordBatch rows, Span<bool> peers) => Mark(rows, Sort.Orders.Count, peers);
}
