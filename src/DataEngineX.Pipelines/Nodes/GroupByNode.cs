using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Folds the rows of each group into one. Null keys form a group; without keys all rows are one group.</summary>
public sealed class GroupByNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="keys">The key columns of the output, in order; may be empty.</param>
    /// <param name="aggregates">The aggregates, after the keys in the output.</param>
    public GroupByNode(PlanNode input, IReadOnlyList<NamedExpr> keys, IReadOnlyList<Aggregate> aggregates)
        : base(input)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(aggregates);
        Keys = keys;
        Aggregates = aggregates;
        var names = keys.Select(k => k.Name).Concat(aggregates.Select(a => a.Name)).ToList();
        var twice = names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new PlanException($"The column '{twice.Key}' is made twice.", Operator, twice.Key);
        if (names.Count == 0)
            throw new PlanException("At least one key or aggregate is needed.", Operator);
    }

    /// <summary>The key columns of the output.</summary>
    public IReadOnlyList<NamedExpr> Keys { get; }

    /// <summary>The aggregates.</summary>
    public IReadOnlyList<Aggregate> Aggregates { get; }

    /// <inheritdoc/>
    public override string Operator => "group_by";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new GroupByNode(inputs[0], Keys, Aggregates);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.List("keys", Keys.Select(k => k.ToString())).List("aggregates", Aggregates.Select(a => a.ToString()));
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return BoundGroupBy.Create(this, context);
    }
}
