using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>What must hold for two rows beside the equality of their keys.</summary>
/// <param name="Predicate">The condition over <paramref name="Schema"/>.</param>
/// <param name="Schema">The columns it looks at.</param>
/// <param name="Columns">Where these come from.</param>
internal sealed record JoinCondition(BoundExpression Predicate, Schema Schema, IReadOnlyList<JoinColumn> Columns);
