using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// One aggregate over frames of sorted rows. The rows at hand may be a piece of a partition: the rows given up before them are the head, which
/// frames without a start include, and the pieces that follow them are the tail, which frames without an end include.
/// </summary>
internal abstract class FrameAggregate
{
    /// <summary>Makes an aggregate.</summary>
    /// <param name="kind">Count, sum, mean, least, greatest, variance or deviation.</param>
    /// <param name="type">The type of the values.</param>
    /// <exception cref="NotSupportedException">There is no such aggregate of the type.</exception>
    public static FrameAggregate Create(AggregateKind kind, IArrowType type) => kind == AggregateKind.Count
        ? new FrameCount()
        : PhysicalTypes.Dispatch<CreateAction, FrameAggregate>(
            $"Rolling {kind}", type, new CreateAction { Kind = kind, Output = GroupedAccumulator.OutputType(kind, type) });

    /// <summary>Computes the aggregate of each frame.</summary>
    /// <param name="values">The column of the rows at hand.</param>
    /// <param name="from">Where each frame starts; never falls in a partition.</param>
    /// <param name="to">Where it ends, not included; neither.</param>
    /// <param name="minRows">With fewer values the result is null.</param>
    /// <param name="pieces">Pieces read so far, so that frames go on into those that follow; negative where they do not.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One row a frame, owned by the caller.</returns>
    public abstract IArrowArray Run(
        ArrayData values, ReadOnlySpan<int> from, ReadOnlySpan<int> to, int minRows, int pieces, MemoryAllocator allocator);

    /// <summary>Adds rows to the head.</summary>
    public abstract void GiveUp(ArrayData values);

    /// <summary>Adds a piece to the tail and to the total.</summary>
    public abstract void AddPiece(ArrayData values);

    /// <summary>Ends the pieces, after which frames may go on into them.</summary>
    public abstract void EndPieces();

    /// <summary>The aggregate of all pieces, so many times.</summary>
    public abstract IArrowArray Total(int length, int minRows, MemoryAllocator allocator);

    private readonly struct CreateAction : IFixedAction<FrameAggregate>
    {
        public required AggregateKind Kind { get; init; }

        public required IArrowType Output { get; init; }

        public FrameAggregate Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => Kind switch
            {
                AggregateKind.Sum when Output.TypeId == ArrowTypeId.Int64 => new FrameFold<T, Int128, long, FrameIntegerSum<T, long>>(Output),
                AggregateKind.Sum when Output.TypeId == ArrowTypeId.UInt64 => new FrameFold<T, Int128, ulong, FrameIntegerSum<T, ulong>>(Output),
                AggregateKind.Sum when Output is Decimal128Type => new FrameFold<T, DecimalTotal, Int128, FrameDecimalSum<T>>(Output),
                AggregateKind.Sum => new FrameFold<T, double, double, FrameFloatSum<T>>(Output),
                AggregateKind.Mean => new FrameFold<T, double, double, FrameMean<T>>(Output),
                AggregateKind.Variance => new FrameFold<T, Moments, double, FrameMoments<T, SampleVariance>>(Output),
                AggregateKind.StandardDeviation => new FrameFold<T, Moments, double, FrameMoments<T, SampleDeviation>>(Output),
                AggregateKind.VariancePopulation => new FrameFold<T, Moments, double, FrameMoments<T, PopulationVariance>>(Output),
                AggregateKind.StandardDeviationPopulation => new FrameFold<T, Moments, double, FrameMoments<T, PopulationDeviation>>(Output),
                AggregateKind.Min => new FrameFold<T, T, T, FramePick<T, MinOp>>(Output),
                _ => new FrameFold<T, T, T, FramePick<T, MaxOp>>(Output),
            };
    }
}
