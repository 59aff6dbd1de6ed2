using System.Numerics;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Picks the accumulator of a least or greatest value.</summary>
internal static class PickAccumulators
{
    public static GroupedAccumulator Create(AggregateKind kind, IArrowType type, MemoryAllocator allocator) =>
        kind is AggregateKind.Min or AggregateKind.All ? Create<MinOp>(kind, type, allocator) : Create<MaxOp>(kind, type, allocator);

    private static GroupedAccumulator Create<TOp>(AggregateKind kind, IArrowType type, MemoryAllocator allocator)
        where TOp : struct, IPickOp => PhysicalTypes.Of(type) switch
        {
            Physical.Bit => new BitPickAccumulator(typeof(TOp) == typeof(MaxOp), allocator),
            Physical.Variable => new BytesPickAccumulator<TOp>(type, allocator),
            _ => PhysicalTypes.Dispatch<Choice<TOp>, GroupedAccumulator>(
                kind.ToString(), type, new Choice<TOp> { Type = type, Allocator = allocator }),
        };

    private struct Choice<TOp> : IFixedAction<GroupedAccumulator>
        where TOp : struct, IPickOp
    {
        public required IArrowType Type;
        public required MemoryAllocator Allocator;

        public readonly GroupedAccumulator Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new FixedPickAccumulator<T, TOp>(Type, Allocator);
    }
}
