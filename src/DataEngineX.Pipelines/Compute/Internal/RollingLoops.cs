using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// Rolling aggregates in constant time a row, whatever the window: the window is a front, of which all suffixes are merged ahead,
/// and a back, merged as rows arrive. Nothing is subtracted, so errors do not add up and an infinity leaves with its row.
/// </summary>
internal static class RollingLoops
{
    public static IArrowArray Run(
        AggregateKind kind, ArrayData data, ReadOnlySpan<bool> starts, int size, int minPeriods, MemoryAllocator allocator)
    {
        IArrowType type = GroupedAccumulator.OutputType(kind, data.DataType);
        return PhysicalTypes.Dispatch<FixedAction, IArrowArray>(
            $"Rolling {kind}",
            data.DataType,
            new FixedAction
            {
                Kind = kind,
                Data = data,
                Type = type,
                Starts = starts,
                Size = size,
                MinPeriods = minPeriods,
                Allocator = allocator,
            });
    }

    private ref struct FixedAction : IFixedAction<IArrowArray>
    {
        public required AggregateKind Kind;
        public required ArrayData Data;
        public required IArrowType Type;
        public required ReadOnlySpan<bool> Starts;
        public required int Size;
        public required int MinPeriods;
        public required MemoryAllocator Allocator;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => Kind switch
            {
                AggregateKind.Sum when Type.TypeId == ArrowTypeId.Int64 => Roll<T, Int128, long, RollingIntegerSum<T, long>>(),
                AggregateKind.Sum when Type.TypeId == ArrowTypeId.UInt64 => Roll<T, Int128, ulong, RollingIntegerSum<T, ulong>>(),
                AggregateKind.Sum => Roll<T, double, double, RollingFloatSum<T>>(),
                AggregateKind.Mean => Roll<T, double, double, RollingMean<T>>(),
                AggregateKind.StandardDeviation => Roll<T, Moments, double, RollingDeviation<T>>(),
                AggregateKind.Min => Roll<T, T, T, RollingPick<T, MinOp>>(),
                _ => Roll<T, T, T, RollingPick<T, MaxOp>>(),
            };

        private readonly IArrowArray Roll<T, TState, TResult, TOp>()
            where T : unmanaged, INumber<T>
            where TState : unmanaged
            where TResult : unmanaged
            where TOp : struct, IRollingOp<T, TState, TResult>
        {
            int length = Data.Length;
            ReadOnlySpan<T> values = Columns.Values<T>(Data);
            Bits validity = Bits.Validity(Data);
            using OutputBuffer<ulong> bitmap = Validity.Empty(length, Allocator);
            using var target = new OutputBuffer<TResult>(Allocator, length, clear: true);
            using var suffixRoom = new Rented<Part<TState>>(length);
            Span<Part<TState>> suffixes = suffixRoom.Span;
            Span<TResult> result = target.Span;
            Span<ulong> valid = bitmap.Span;
            Part<TState> back = default;
            int partition = 0;
            int split = 0;
            for (int i = 0; i < length; i++)
            {
                if (Starts[i])
                {
                    partition = i;
                    split = i;
                    back = default;
                }

                int first = (int)Math.Max(partition, (long)i - Size + 1);
                if (first > split)
                {
                    Split<T, TState, TResult, TOp>(values, validity, suffixes, first, i);
                    split = i;
                    back = default;
                }

                if (validity[i])
                {
                    back = Merge<T, TState, TResult, TOp>(back, new Part<TState> { Count = 1, State = TOp.Of(values[i]) });
                }

                Part<TState> window = first < split ? Merge<T, TState, TResult, TOp>(suffixes[first], back) : back;
                if (window.Count >= MinPeriods && TOp.Finish(window.State, window.Count, out result[i]))
                {
                    Validity.Set(valid, i);
                }
            }

            return Assemble.Fixed(Type, length, bitmap, target);
        }

        /// <summary>Merges rows from <paramref name="end"/> (not included) back to <paramref name="begin"/>.</summary>
        private static void Split<T, TState, TResult, TOp>(
            ReadOnlySpan<T> values, Bits validity, Span<Part<TState>> suffixes, int begin, int end)
            where T : unmanaged
            where TState : unmanaged
            where TResult : unmanaged
            where TOp : struct, IRollingOp<T, TState, TResult>
        {
            Part<TState> suffix = default;
            for (int i = end - 1; i >= begin; i--)
            {
                if (validity[i])
                {
                    suffix = Merge<T, TState, TResult, TOp>(new Part<TState> { Count = 1, State = TOp.Of(values[i]) }, suffix);
                }

                suffixes[i] = suffix;
            }
        }

        private static Part<TState> Merge<T, TState, TResult, TOp>(Part<TState> left, Part<TState> right)
            where T : unmanaged
            where TState : unmanaged
            where TResult : unmanaged
            where TOp : struct, IRollingOp<T, TState, TResult> => left.Count == 0 ? right : right.Count == 0 ? left : new Part<TState>
            {
                Count = left.Count + right.Count,
                State = TOp.Merge(left.State, right.State),
            };
    }

    private struct Part<TState>
        where TState : unmanaged
    {
        public TState State;
        public int Count;
    }
}
