using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The first row of each key, or the last; null equals null.</summary>
public sealed class DistinctNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="keys">The key columns; null or empty for all columns.</param>
    public DistinctNode(PlanNode input, IReadOnlyList<string>? keys = null)
        : base(input) => Keys = keys ?? [];

    /// <summary>The key columns; empty for all columns.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>Whether the last row of each key stays, as in an upsert. <value>Default: false, the first.</value></summary>
    public bool KeepsLast { get; init; }

    /// <summary>Whether the rows of one run alone count, for a target that itself sees to those of other runs. <value>Default: false.</value></summary>
    public bool IsOfRun { get; init; }

    /// <inheritdoc/>
    public override string Operator => "distinct";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new DistinctNode(inputs[0], Keys) { KeepsLast = KeepsLast, IsOfRun = IsOfRun };
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.List("keys", Keys.Select(CanonicalWriter.Quote)).Flag("last", KeepsLast).Flag("of_run", IsOfRun);
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
