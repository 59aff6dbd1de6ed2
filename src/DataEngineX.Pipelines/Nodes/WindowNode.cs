using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Adds columns computed over the ordered rows of each partition. Rows come out ordered by partition and order keys.</summary>
public sealed class WindowNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="partitionBy">The partition columns; empty for one partition.</param>
    /// <param name="orderBy">The order in a partition; at least one key.</param>
    /// <param name="columns">The columns added.</param>
    public WindowNode(PlanNode input, IReadOnlyList<string> partitionBy, IReadOnlyList<OrderKey> orderBy, IReadOnlyList<WindowColumn> columns)
        : base(input)
    {
        ArgumentNullException.ThrowIfNull(partitionBy);
        ArgumentNullException.ThrowIfNull(orderBy);
        ArgumentNullException.ThrowIfNull(columns);
        if (orderBy.Count == 0)
            throw new PlanException("A window needs an order, or its result would depend on chance.", Operator);
        if (columns.Count == 0)
            throw new PlanException("At least one column must be computed.", Operator);
        PartitionBy = partitionBy;
        OrderBy = orderBy;
        Columns = columns;
    }

    /// <summary>The partition columns.</summary>
    public IReadOnlyList<string> PartitionBy { get; }

    /// <summary>The order in a partition.</summary>
    public IReadOnlyList<OrderKey> OrderBy { get; }

    /// <summary>The columns added.</summary>
    public IReadOnlyList<WindowColumn> Columns { get; }

    /// <inheritdoc/>
    public override string Operator => "window";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new WindowNode(inputs[0], PartitionBy, OrderBy, Columns);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.List("partition", PartitionBy.Select(CanonicalWriter.Quote))
            .List("order", OrderBy.Select(k => k.ToString()))
            .List("columns", Columns.Select(c => c.ToString()));
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return BoundWindow.Create(this, context);
    }
}
