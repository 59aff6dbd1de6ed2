using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Picks the accumulator of an aggregate of numbers.</summary>
internal static class NumberAccumulators
{
    public static GroupedAccumulator Create(AggregateKind kind, IArrowType type, IArrowType? other, double parameter, MemoryAllocator allocator) =>
        PhysicalTypes.Dispatch<Choice, GroupedAccumulator>(
            kind.ToString(),
            type,
            new Choice { Kind = kind, Type = type, Other = other, Parameter = parameter, Allocator = allocator });

    private struct Choice : IFixedAction<GroupedAccumulator>
    {
        public required AggregateKind Kind;
        public required IArrowType Type;
        public required IArrowType? Other;
        public required double Parameter;
        public required MemoryAllocator Allocator;

        public readonly GroupedAccumulator Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            var scale = Type is Decimal128Type decimals ? Math.Pow(10, decimals.Scale) : 1;
            return Kind switch
            {
                AggregateKind.Sum when PhysicalTypes.IsInteger(Type) && Unsafe.SizeOf<T>() < sizeof(long) => new NarrowSumAccumulator<T>(Allocator),
                AggregateKind.Sum when !PhysicalTypes.IsFloating(Type) =>
                    new IntegerSumAccumulator<T>(AggregateTypes.Output(Kind, Type), Allocator),
                AggregateKind.Sum or AggregateKind.Mean => new FloatSumAccumulator<T>(Kind == AggregateKind.Mean, scale, Allocator),
                AggregateKind.Median => new QuantileAccumulator<T>(0.5, scale, Allocator),
                AggregateKind.Quantile => new QuantileAccumulator<T>(Parameter, scale, Allocator),
                AggregateKind.Correlation => new CorrelationAccumulator<T>(AggregateTypes.Plain(Other!), Allocator),
                AggregateKind.Largest => new TopAccumulator<T, MaxOp>(Type, (int)Parameter, Allocator),
                AggregateKind.Smallest => new TopAccumulator<T, MinOp>(Type, (int)Parameter, Allocator),
                _ => new MomentsAccumulator<T>(Kind, scale, Allocator),
            };
        }
    }
}
