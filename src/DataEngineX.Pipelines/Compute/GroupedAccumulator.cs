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
    private long _updates;

    private protected GroupedAccumulator(MemoryAllocator allocator) => Allocator = allocator;

    private protected MemoryAllocator Allocator { get; }

    /// <summary>The second column of a row, for aggregates of two.</summary>
    private protected ArrayData? Other { get; private set; }

    /// <summary>Where the rows of this update stand in the input.</summary>
    private protected RowPlace FirstRow { get; private set; }

    /// <summary>The type of <see cref="ExportState"/>.</summary>
    internal abstract IArrowType StateType { get; }

    /// <summary>State grows with every row, not only with every group.</summary>
    internal virtual bool KeepsRows => false;

    /// <summary>The result depends on the order of rows.</summary>
    internal virtual bool NeedsOrder => false;

    /// <summary>Makes an accumulator.</summary>
    /// <param name="kind">The aggregate.</param>
    /// <param name="input">Type of the column; ignored by <see cref="AggregateKind.CountAll"/>.</param>
    /// <param name="allocator">Where the state is allocated.</param>
    /// <param name="parameter">The fraction of a quantile, or n of the largest and smallest. <value>Default: 0; ignored by all others.</value></param>
    /// <returns>An accumulator without groups.</returns>
    /// <exception cref="NotSupportedException">There is no such aggregate of the type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The parameter is out of its range.</exception>
    public static GroupedAccumulator Create(AggregateKind kind, IArrowType input, MemoryAllocator allocator, double parameter = 0) =>
        Create(kind, input, null, allocator, parameter);

    /// <summary>Makes an accumulator of one or two columns.</summary>
    /// <param name="kind">The aggregate.</param>
    /// <param name="input">Type of the column; ignored by <see cref="AggregateKind.CountAll"/>.</param>
    /// <param name="other">Type of the second column; null but for <see cref="AggregateKind.Correlation"/>.</param>
    /// <param name="allocator">Where the state is allocated.</param>
    /// <param name="parameter">The fraction of a quantile, or n of the largest and smallest. <value>Default: 0; ignored by all others.</value></param>
    /// <returns>An accumulator without groups.</returns>
    /// <exception cref="NotSupportedException">There is no such aggregate of the types.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The parameter is out of its range.</exception>
    public static GroupedAccumulator Create(
        AggregateKind kind, IArrowType input, IArrowType? other, MemoryAllocator allocator, double parameter = 0)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(allocator);
        IArrowType type = AggregateTypes.Plain(input);
        AggregateTypes.Check(kind, type, other is null ? null : AggregateTypes.Plain(other), parameter);
        return kind switch
        {
            AggregateKind.CountAll => new CountAccumulator(allocator, nulls: true),
            AggregateKind.Count => new CountAccumulator(allocator, nulls: false),
            AggregateKind.CountDistinct => new DistinctAccumulator(type, allocator),
            AggregateKind.ApproximateCountDistinct => new ApproximateAccumulator(allocator),
            AggregateKind.First or AggregateKind.Last => new PlaceAccumulator(type, kind == AggregateKind.Last, nulls: false, allocator),
            AggregateKind.Min or AggregateKind.Max or AggregateKind.Any or AggregateKind.All => PickAccumulators.Create(kind, type, allocator),
            _ => NumberAccumulators.Create(kind, type, other, parameter, allocator),
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
        return AggregateTypes.Output(kind, AggregateTypes.Plain(input));
    }

    /// <summary>Adds a batch; its rows come after those of all earlier ones.</summary>
    /// <param name="values">The column, borrowed; null only for <see cref="AggregateKind.CountAll"/>, which looks at rows alone.</param>
    /// <param name="groupIds">The group of every row, from 0 and below <paramref name="groupCount"/>.</param>
    /// <param name="groupCount">Number of groups so far; never shrinks.</param>
    /// <exception cref="ArgumentException">The column is missing or not as long as <paramref name="groupIds"/>.</exception>
    public void Update(IArrowArray? values, ReadOnlySpan<int> groupIds, int groupCount) =>
        Update(values, null, groupIds, groupCount, new RowPlace(_updates++, 0));

    /// <summary>Adds a batch of two columns; its rows come after those of all earlier ones.</summary>
    /// <param name="values">The column, borrowed.</param>
    /// <param name="other">The second column, borrowed.</param>
    /// <param name="groupIds">The group of every row, from 0 and below <paramref name="groupCount"/>.</param>
    /// <param name="groupCount">Number of groups so far; never shrinks.</param>
    /// <exception cref="ArgumentException">A column is missing or not as long as <paramref name="groupIds"/>.</exception>
    public void Update(IArrowArray? values, IArrowArray? other, ReadOnlySpan<int> groupIds, int groupCount) =>
        Update(values, other, groupIds, groupCount, new RowPlace(_updates++, 0));

    /// <summary>Makes the result: row i is the aggregate of group i. Updates may go on afterwards.</summary>
    /// <param name="groupCount">Number of groups; groups never seen give null, or 0 for counts.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A column of <paramref name="groupCount"/> rows, owned by the caller.</returns>
    /// <exception cref="OverflowException">A sum does not fit its type.</exception>
    public IArrowArray Finish(int groupCount, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(allocator);
        Seal(groupCount);
        return Build(0, groupCount, allocator);
    }

    /// <summary>Gives the memory of the state back.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds rows that stand somewhere in the input.</summary>
    internal void Update(IArrowArray? values, IArrowArray? other, ReadOnlySpan<int> groupIds, int groupCount, RowPlace first)
    {
        FirstRow = first;
        if (values is null)
        {
            Accumulate(null, groupIds, groupCount);
            return;
        }

        Guard.SameLength(nameof(GroupedAccumulator), values.Length, groupIds.Length);
        using IArrowArray? decoded = Decode(values);
        using IArrowArray? decodedOther = other is null ? null : Decode(other);
        if (other is not null)
        {
            Guard.SameLength(nameof(GroupedAccumulator), other.Length, groupIds.Length);
        }

        Other = (decodedOther ?? other)?.Data;
        Accumulate((decoded ?? values).Data, groupIds, groupCount);
        Other = null;
    }

    /// <summary>The state of groups, to be added to another accumulator or put aside; this one is not changed.</summary>
    internal abstract IArrowArray ExportState(ReadOnlySpan<int> groups, MemoryAllocator allocator);

    /// <summary>Adds states, one a row.</summary>
    internal abstract void ImportState(ArrayData state, ReadOnlySpan<int> groupIds, int groupCount);

    /// <summary>Takes all states of another accumulator of the same kind over, which has none afterwards.</summary>
    /// <param name="other">The accumulator.</param>
    /// <param name="numbers">The number here of each of its groups.</param>
    /// <param name="groupCount">Number of groups here.</param>
    internal virtual void Absorb(GroupedAccumulator other, ReadOnlySpan<int> numbers, int groupCount)
    {
        using var all = new Rented<int>(numbers.Length);
        for (int i = 0; i < numbers.Length; i++)
        {
            all.Span[i] = i;
        }

        using IArrowArray states = other.ExportState(all.Span, Allocator);
        ImportState(states.Data, numbers, groupCount);
    }

    /// <summary>Makes ready for <see cref="Build"/>, which several threads may then call.</summary>
    internal abstract void Seal(int groupCount);

    /// <summary>The result of groups from <paramref name="start"/> on.</summary>
    internal abstract IArrowArray Build(int start, int count, MemoryAllocator allocator);

    /// <summary>Makes room for as many groups at once, where states lie beside each other.</summary>
    internal virtual void Reserve(int groups)
    {
    }

    private protected abstract void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount);

    /// <summary>Gives the memory of the state back.</summary>
    /// <param name="disposing">Always true.</param>
    protected abstract void Dispose(bool disposing);

    private protected static ArrayData Required(ArrayData? values) =>
        values ?? throw new ArgumentException("This aggregate needs the values of a column; only CountAll goes without.");

    private IArrowArray? Decode(IArrowArray values) =>
        values.Data.DataType is DictionaryType ? Dictionaries.Decode(values, Allocator) : null;
}
