using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// Keeps so many rows drawn by chance, in their order. The draw follows from the run's seed and the positions of the rows; it is the same for any
/// number of threads and rows in a batch.
/// </summary>
public sealed class SampleRowsNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="rows">How many rows at most; not negative. They are held in memory.</param>
    public SampleRowsNode(PlanNode input, int rows)
        : base(input)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        Rows = rows;
    }

    /// <summary>How many rows at most.</summary>
    public int Rows { get; }

    /// <inheritdoc/>
    public override string Operator => "sample_rows";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new SampleRowsNode(inputs[0], Rows);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("rows", Rows);
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new BoundSampleRows(this, context.Inputs);
    }
}
