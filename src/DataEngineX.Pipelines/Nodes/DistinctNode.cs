using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The first row of each key; null equals null.</summary>
public sealed class DistinctNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="keys">The key columns; null or empty for all columns.</param>
    public DistinctNode(PlanNode input, IReadOnlyList<string>? keys = null)
        : base(input) => Keys = keys ?? [];

    /// <summary>The key columns; empty for all columns.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <inheritdoc/>
    public override string Operator => "distinct";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new DistinctNode(inputs[0], Keys);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.List("keys", Keys.Select(CanonicalWriter.Quote));
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var schema = context.Inputs[0].Schema;
        IReadOnlyList<int> ordinals = Keys.Count == 0
            ? [.. Enumerable.Range(0, schema.FieldsList.Count)]
            : [.. Keys.Select(k => SchemaTools.Ordinal(schema, k, Operator))];
        return BoundDistinct.Create(this, context, ordinals);
    }
}
