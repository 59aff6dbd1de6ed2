using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// Makes a column of each given value: a row of each group, with the aggregates over the rows that have the value. It binds to a group-by whose
/// aggregates see other rows as null.
/// </summary>
/// <remarks>
/// With one aggregate a column is named as its value, with several <c>value_aggregate</c>. Text stands as it is, other values as C# writes them the
/// invariant way, booleans as <c>true</c> and <c>false</c>, dates as <c>2024-12-31</c>, null as <c>null</c>. Rows with other values count for the
/// groups there are, and for no column.
/// </remarks>
public sealed class PivotNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="on">The value that chooses the column.</param>
    /// <param name="values">The values that get a column, in order; literals.</param>
    /// <param name="aggregates">The aggregates, for each value in order.</param>
    /// <param name="keys">The groups; null for all columns that neither <paramref name="on"/> nor an aggregate reads.</param>
    public PivotNode(PlanNode input, Expr on, IReadOnlyList<Expr> values, IReadOnlyList<Aggregate> aggregates, IReadOnlyList<NamedExpr>? keys = null)
        : base(input)
    {
        ArgumentNullException.ThrowIfNull(on);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(aggregates);
        if (values.Count == 0)
            throw new PlanException("Give at least one value that gets a column.", Operator);
        if (aggregates.Count == 0)
            throw new PlanException("At least one aggregate is needed.", Operator);
        (On, Values, Aggregates, Keys) = (on, values, aggregates, keys);
        PivotRewrite.Demand(this);
    }

    /// <summary>The value that chooses the column.</summary>
    public Expr On { get; }

    /// <summary>The values that get a column.</summary>
    public IReadOnlyList<Expr> Values { get; }

    /// <summary>The aggregates.</summary>
    public IReadOnlyList<Aggregate> Aggregates { get; }

    /// <summary>The groups; null for all columns that are not read otherwise.</summary>
    public IReadOnlyList<NamedExpr>? Keys { get; }

    /// <inheritdoc/>
    public override string Operator => "pivot";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new PivotNode(inputs[0], On, Values, Aggregates, Keys);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("on", On).List("values", Values.Select(v => v.Canonical)).List("aggregates", Aggregates.Select(a => a.ToString()));
        if (Keys is not null)
            writer.List("keys", Keys.Select(k => k.ToString()));
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            return PivotRewrite.Of(this, context.Inputs[0].Schema).Bind(context);
        }
        catch (PlanException e) when (e.Operator is not null)
        {
            throw new PlanException(e.Reason, Operator, e.Column);
        }
    }
}
