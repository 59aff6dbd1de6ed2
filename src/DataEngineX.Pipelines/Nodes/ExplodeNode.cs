using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Makes a row of each item of a list: the list column becomes a column of items, and the other columns are repeated.</summary>
public sealed class ExplodeNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="columns">The list columns; several are walked together, and in each row their lists must be of one length.</param>
    /// <param name="keepEmpty">Whether a row without items, whose lists are null or empty, stays with a null for the item.</param>
    public ExplodeNode(PlanNode input, IReadOnlyList<string> columns, bool keepEmpty = false)
        : base(input)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            throw new PlanException("Name at least one list column.", Operator);
        var twice = columns.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new PlanException($"The column '{twice.Key}' is named twice.", Operator, twice.Key);
        Columns = columns;
        KeepEmpty = keepEmpty;
    }

    /// <summary>The list columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Whether a row without items stays with a null for the item.</summary>
    public bool KeepEmpty { get; }

    /// <inheritdoc/>
    public override string Operator => "explode";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new ExplodeNode(inputs[0], Columns, KeepEmpty);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.List("columns", Columns.Select(CanonicalWriter.Quote)).Flag("keep_empty", KeepEmpty);
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return BoundExplode.Create(this, context);
    }
}
