using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Computes columns from each row; with <see cref="KeepsInput"/> they are added to those there, or take their place by name.</summary>
public sealed class SelectNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="columns">The columns computed; names are unique.</param>
    /// <param name="keepsInput">Whether the columns of the input stay.</param>
    public SelectNode(PlanNode input, IReadOnlyList<NamedExpr> columns, bool keepsInput = false)
        : base(input)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var twice = columns.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new PlanException($"The column '{twice.Key}' is computed twice.", "select", twice.Key);
        if (columns.Count == 0)
            throw new PlanException("At least one column must be computed.", "select");
        Columns = columns;
        KeepsInput = keepsInput;
    }

    /// <summary>The columns computed.</summary>
    public IReadOnlyList<NamedExpr> Columns { get; }

    /// <summary>Whether the columns of the input stay.</summary>
    public bool KeepsInput { get; }

    /// <inheritdoc/>
    public override string Operator => KeepsInput ? "derive" : "select";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new SelectNode(inputs[0], Columns, KeepsInput);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.List("columns", Columns.Select(c => c.ToString()));
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var schema = context.Inputs[0].Schema;
        return new BoundSelect(this, context.Inputs, BoundColumns.Bind(context, schema, Columns, KeepsInput));
    }
}
