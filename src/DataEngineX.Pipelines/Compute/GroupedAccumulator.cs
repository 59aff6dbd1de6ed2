using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// One aggregate over many groups at once: fed batch by batch with the group number of every row, as <see cref="GroupIndex"/> gives
/// them, and finished into one row a group.
/// </summary>
/// <remarks>
/// Nulls are ignored; an aggregate of no values is null, a count of none is 0. State lies in memory of the allocator, which
/// <see cref="Dispose()"/> gives back. Not thread-safe.
/// </remarks>
[Experimental("DEX0001")]
public abstract class GroupedAccumulator : IDisposable
{
    private protected GroupedAccumulator(MemoryAllocator allocator) => Allocator = allocator;

    private protected MemoryAllocator Allocator { get; }

    /// <summary>Makes an accumulator.</summary>
    /// <param name="kind">The aggregate.</param>
    /// <param name="input">Type of the column; ignored by <see cref="AggregateKind.CountAll"/>.</param>
    /// <param name="allocator">Where the state is allocated.</param>
    /// <returns>An accumulator without groups.</returns>
    /// <exception cref="NotSupportedException">There is no such aggregate of the type.</exception>
    public static GroupedAccumulator Create(AggregateKind kind, IArrowType input, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(allocator);
        IArrowType type = input is DictionaryType dictionary ? dictionary.ValueType : input;
        OutputType(kind, type);
        return kind switch
        {
            AggregateKind.CountAll => new CountAccumulator(allocator, nulls: true),
            AggregateKind.Count => new CountAccumulator(allocator, nulls: false),
            AggregateKind.CountDistinct => new DistinctAccumulator(type, allocator),
            AggregateKind.Sum or AggregateKind.Mean or AggregateKind.Variance or AggregateKind.StandardDeviation =>
                NumberAccumulators.Create(kind, type, allocator),
            _ => PickAccumulators.Create(kind, type, allocator),
        };
    }

    /// <summary>The type of the result.</summary>
    /// <param name="kind">The aggregate.</param>
    /// <param name="input">Type of the column; dictionary columns count as their values.</param>
    /// <returns>The type that <see cref="Finish"/> gives.</returns>
    /// <exception cref="NotSupportedException">There is no such aggregate of the type.</exception>
    public static IArrowType OutputType(AggregateKind kind, IArrowType input)
    {
        ArgumentNullException.ThrowIfNull(input);
        IArrowType type = input is DictionaryType dictionary ? dictionary.ValueType : input;
        Physical physical = PhysicalTypes.Of(type);
        bool plain = physical is not (Physical.Other or Physical.List or Physical.Struct or Physical.Dictionary);
        return kind switch
        {
            AggregateKind.CountAll or AggregateKind.Count => Int64Type.Default,
            AggregateKind.CountDistinct when plain => Int64Type.Default,
            AggregateKind.Sum when PhysicalTypes.IsFloating(type) => DoubleType.Default,
            AggregateKind.Sum when type.TypeId is ArrowTypeId.UInt8 or ArrowTypeId.UInt16 or ArrowTypeId.UInt32 or ArrowTypeId.UInt64 =>
                UInt64Type.Default,
            AggregateKind.Sum when PhysicalTypes.IsInteger(type) => Int64Type.Default,
            AggregateKind.Mean or AggregateKind.Variance or AggregateKind.StandardDeviation when PhysicalTypes.IsNumeric(type) =>
                DoubleType.Default,
            AggregateKind.Min or AggregateKind.Max or AggregateKind.First or AggregateKind.Last when plain && physical != Physical.Null => type,
            _ => throw Guard.Unsupported(kind.ToString(), type),
        };
    }

    /// <summary>Adds a batch.</summary>
    /// <param name="values">The column, borrowed; null only for <see cref="AggregateKind.CountAll"/>, which looks at rows alone.</param>
    /// <param name="groupIds">The group of every row, from 0 and below <paramref name="groupCount"/>.</param>
    /// <param name="groupCount">Number of groups so far; never shrinks.</param>
    /// <exception cref="ArgumentException">The column is missing or not as long as <paramref name="groupIds"/>.</exception>
    public void Update(IArrowArray? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        if (values is null)
        {
            Accumulate(null, groupIds, groupCount);
            return;
        }

        Guard.SameLength(nameof(GroupedAccumulator), values.Length, groupIds.Length);
        if (values.Data.DataType is DictionaryType)
        {
            using IArrowArray decoded = Dictionaries.Decode(values, Allocator);
            Accumulate(decoded.Data, groupIds, groupCount);
            return;
        }

        Accumulate(values.Data, groupIds, groupCount);
    }

    /// <summary>Makes the result: row i is the aggregate of group i. Updates may go on afterwards.</summary>
    /// <param name="groupCount">Number of groups; groups never seen give null, or 0 for counts.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A column of <paramref name="groupCount"/> rows, owned by the caller.</returns>
    /// <exception cref="OverflowException">An integer sum does not fit.</exception>
    public abstract IArrowArray Finish(int groupCount, MemoryAllocator allocator);

    /// <summary>Gives the memory of the state back.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount);

    /// <summary>Gives the memory of the state back.</summary>
    /// <param name="disposing">Always true.</param>
    protected abstract void Dispose(bool disposing);

    private protected static void Grow<T>(OutputBuffer<T> state, int groupCount)
        where T : unmanaged
    {
        if (state.Length < groupCount)
        {
            state.Resize(groupCount);
        }
    }

    private protected static ArrayData Required(ArrayData? values) =>
        values ?? throw new ArgumentException("This aggregate needs the values of a column; only CountAll goes without.");
}
