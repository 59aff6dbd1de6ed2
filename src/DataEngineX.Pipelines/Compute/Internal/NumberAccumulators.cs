using System.Numerics;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Picks the accumulator of a sum, mean, variance or standard deviation.</summary>
internal static class NumberAccumulators
{
    public static GroupedAccumulator Create(AggregateKind kind, IArrowType type, MemoryAllocator allocator) =>
        PhysicalTypes.Dispatch<Choice, GroupedAccumulator>(
            kind.ToString(), type, new Choice { Kind = kind, Integer = PhysicalTypes.IsInteger(type), Allocator = allocator });

    private struct Choice : IFixedAction<GroupedAccumulator>
    {
        public required AggregateKind Kind;
        public required bool Integer;
        public required MemoryAllocator Allocator;

        public readonly GroupedAccumulator Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => Kind switch
            {
                AggregateKind.Sum when Integer => new IntegerSumAccumulator<T>(Allocator),
                AggregateKind.Sum or AggregateKind.Mean => new FloatSumAccumulator<T>(Kind == AggregateKind.Mean, Allocator),
                _ => new MomentsAccumulator<T>(Kind == AggregateKind.StandardDeviation, Allocator),
            };
    }
}
