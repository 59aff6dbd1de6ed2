using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Leaves columns out. It binds to a select of the others.</summary>
public sealed class DropNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="columns">The columns left out; at least one.</param>
    public DropNode(PlanNode input, IReadOnlyList<string> columns)
        : base(input)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            throw new PlanException("Name at least one column.", Operator);
        Columns = columns;
    }

    /// <summary>The columns left out.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override string Operator => "drop";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new DropNode(inputs[0], Columns);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.List("columns", Columns.Select(CanonicalWriter.Quote));
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var schema = context.Inputs[0].Schema;
        var dropped = Columns.Select(c => SchemaTools.Ordinal(schema, c, Operator)).ToHashSet();
        NamedExpr[] kept = [.. schema.FieldsList.Where((_, i) => !dropped.Contains(i)).Select(f => (NamedExpr)f.Name)];
        return kept.Length > 0
            ? new SelectNode(Inputs[0], kept).Bind(context)
            : throw new PlanException("No column would be left.", Operator);
    }
}
