using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>What is grouped by and what is made of each group.</summary>
/// <param name="Schema">The output.</param>
/// <param name="Keys">The keys.</param>
/// <param name="Aggregates">The aggregates.</param>
/// <param name="Columns">The output columns in order: keys, then aggregates, are numbered through.</param>
/// <param name="Dropped">What becomes of the rows that are not the row of a group.</param>
internal sealed record GroupPlan(
    Schema Schema, IReadOnlyList<BoundExpression> Keys, IReadOnlyList<GroupAggregate> Aggregates, IReadOnlyList<int> Columns, RowFlow Dropped)
{
    public IArrowType[] KeyTypes { get; } = GroupIndex.PlainTypes([.. Keys.Select(k => k.Type)]);

    /// <summary>Some result depends on the order of rows.</summary>
    public bool NeedsOrder { get; } = Aggregates.Any(a => a.NeedsOrder);

    /// <summary>Some state grows with every row.</summary>
    public bool KeepsRows { get; } = Aggregates.Any(a => a.KeepsRows);

    /// <summary>Bringing two tables together looks at every row they keep.</summary>
    public bool MergesRows { get; } = Aggregates.Any(a => a.Kind is AggregateKind.CountDistinct);
}
