using Apache.Arrow;
using DataEngineX.Expressions;

namespace DataEngineX.Plans;

/// <summary>A plan node with everything resolved: what the engine, EXPLAIN, lineage and push-down read.</summary>
public abstract class BoundNode
{
    /// <summary>Creates a bound node.</summary>
    /// <param name="node">The node as described.</param>
    /// <param name="inputs">Its bound inputs.</param>
    /// <param name="schema">The schema of the batches it yields.</param>
    protected BoundNode(PlanNode node, IReadOnlyList<BoundNode> inputs, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(schema);
        Node = node;
        Inputs = inputs;
        Schema = schema;
    }

    /// <summary>The node as described.</summary>
    public PlanNode Node { get; }

    /// <summary>The bound inputs, in the order of <see cref="PlanNode.Inputs"/>.</summary>
    public IReadOnlyList<BoundNode> Inputs { get; }

    /// <summary>The schema of the batches yielded.</summary>
    public Schema Schema { get; }

    /// <summary>How each output column comes from the inputs' columns.</summary>
    public abstract NodeLineage Lineage { get; }

    /// <summary>Whether rows are held back. <value>Default: <see cref="MemoryBehavior.Streaming"/>.</value></summary>
    public virtual MemoryBehavior Memory => MemoryBehavior.Streaming;

    /// <summary>What of the input must be computed again when an input arrives in parts. <value>Default: <see cref="RecomputeScope.RowLocal"/>.</value></summary>
    public virtual RecomputeScope Recompute => RecomputeScope.RowLocal;

    /// <summary>The order of the rows yielded, most significant key first; empty when it is not known.
    /// <value>Default: the order of a single input.</value></summary>
    public virtual IReadOnlyList<OrderKey> Order => Inputs.Count == 1 ? Inputs[0].Order : [];

    /// <summary>Streams this node yields beside its output, by name. <value>Default: none.</value></summary>
    public virtual IReadOnlyList<SideOutput> SideOutputs => [];

    /// <summary>Which columns of an input are needed so that the wanted output columns can be made.</summary>
    /// <param name="input">The index of the input.</param>
    /// <param name="wanted">The output columns wanted.</param>
    /// <returns>Names of input columns; null for all. <value>Default: all.</value></returns>
    public virtual IReadOnlySet<string>? RequiredColumns(int input, IReadOnlySet<string> wanted) => null;

    /// <summary>
    /// Whether a condition above this node may be tested below it instead, rewritten to an input's columns. Where it may, it moves: a union
    /// must let it through to all inputs, any other node to one.
    /// </summary>
    /// <param name="predicate">The condition, in terms of the output.</param>
    /// <param name="input">The index of the input.</param>
    /// <returns>The condition in terms of that input, or null when it must stay above. <value>Default: null.</value></returns>
    public virtual Expr? PushDown(Expr predicate, int input) => null;

    /// <summary>Makes the operator of one run.</summary>
    /// <param name="context">Allocator, counters and side outputs of the run.</param>
    public abstract Operator CreateOperator(OperatorContext context);
}
