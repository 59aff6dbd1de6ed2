using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>One aggregate of a <see cref="GroupPlan"/>.</summary>
/// <param name="Name">The output column.</param>
/// <param name="Kind">What is made; null for the value in the first row of the group, also if it is null.</param>
/// <param name="Value">The value; null for a count of rows.</param>
/// <param name="Other">The second value of a correlation.</param>
/// <param name="Parameter">The fraction of a quantile, or n of the largest and smallest.</param>
internal sealed record GroupAggregate(string Name, AggregateKind? Kind, BoundExpression? Value, BoundExpression? Other, double Parameter)
{
    /// <summary>Whether a value without a kind is that of the last row of its group, not of the first.</summary>
    public bool TakesLast { get; init; }

    public bool NeedsOrder => Kind is null or AggregateKind.First or AggregateKind.Last;

    public bool KeepsRows => Kind is AggregateKind.Median or AggregateKind.Quantile or AggregateKind.CountDistinct;

    public GroupedAccumulator Create(MemoryAllocator allocator) => Kind is { } kind
        ? GroupedAccumulator.Create(kind, Value?.Type ?? Int64Type.Default, Other?.Type, allocator, Parameter)
        : new PlaceAccumulator(AggregateTypes.Plain(Value!.Type), last: TakesLast, nulls: true, allocator);
}
