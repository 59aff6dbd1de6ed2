using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Gives columns other names and keeps all columns where they are. It binds to a select.</summary>
public sealed class RenameNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="columns">The columns renamed, each a <see cref="ColumnExpr"/> with its new name; at least one.</param>
    public RenameNode(PlanNode input, IReadOnlyList<NamedExpr> columns)
        : base(input)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            throw new PlanException("Name at least one column.", Operator);
        if (columns.FirstOrDefault(c => c.Expression is not ColumnExpr) is { } computed)
            throw new PlanException($"{computed.Expression.Canonical} is not a column: compute columns with Derive or Select.", Operator, computed.Name);
        var twice = columns.GroupBy(c => ((ColumnExpr)c.Expression).Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new PlanException($"The column '{twice.Key}' is renamed twice.", Operator, twice.Key);
        Columns = columns;
    }

    /// <summary>The columns renamed, with their new names.</summary>
    public IReadOnlyList<NamedExpr> Columns { get; }

    /// <inheritdoc/>
    public override string Operator => "rename";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new RenameNode(inputs[0], Columns);
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
        NamedExpr[] all = [.. schema.FieldsList.Select(f => (NamedExpr)f.Name)];
        foreach (var column in Columns)
            all[SchemaTools.Ordinal(schema, ((ColumnExpr)column.Expression).Name, Operator)] = column;
        var twice = all.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? new SelectNode(Inputs[0], all).Bind(context)
            : throw new PlanException($"There would be two columns '{twice.Key}': drop or rename the other one too.", Operator, twice.Key);
    }
}
