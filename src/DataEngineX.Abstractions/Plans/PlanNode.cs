namespace DataEngineX.Plans;

/// <summary>
/// One described operator of a plan: immutable, without schema and without I/O. This is the node contract through which gates,
/// point-in-time joins, batch scoring and a user's own operators enter a plan.
/// </summary>
/// <remarks>
/// A node says what it is (<see cref="Operator"/>, <see cref="WriteCanonical"/>) and how it binds (<see cref="Bind"/>); the
/// <see cref="BoundNode"/> then tells schema, lineage, push-down permission, ordering, memory behaviour and side outputs, and makes the operator.
/// </remarks>
public abstract class PlanNode
{
    /// <summary>Creates a node over its inputs.</summary>
    /// <param name="inputs">The inputs in order; empty for a source.</param>
    protected PlanNode(params IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Inputs = inputs;
    }

    /// <summary>The inputs in order.</summary>
    public IReadOnlyList<PlanNode> Inputs { get; }

    /// <summary>The operator name in lower case, such as <c>filter</c>: it stands in EXPLAIN, errors and the canonical form.</summary>
    public abstract string Operator { get; }

    /// <summary>The same node over other inputs.</summary>
    /// <param name="inputs">As many as <see cref="Inputs"/>.</param>
    public abstract PlanNode WithInputs(IReadOnlyList<PlanNode> inputs);

    /// <summary>Writes every parameter that can change the result; the plan itself writes operator name and inputs.</summary>
    /// <param name="writer">Takes the parameters.</param>
    public abstract void WriteCanonical(CanonicalWriter writer);

    /// <summary>Resolves names and types against the bound inputs.</summary>
    /// <param name="context">The bound inputs and what binding may use.</param>
    /// <exception cref="PlanException">A column is missing or a type does not fit.</exception>
    public abstract BoundNode Bind(BindContext context);

    /// <summary>The node alone, as a line of EXPLAIN.</summary>
    public override string ToString()
    {
        var writer = new CanonicalWriter();
        WriteCanonical(writer);
        return Operator + writer;
    }
}
