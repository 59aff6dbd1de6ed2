using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Parts of and sums with dates and timestamps.</summary>
/// <remarks>
/// Works on date32 and on timestamps of any unit. Timestamps are read as they are stored: in UTC where they carry a zone, as local
/// time where they do not. The calendar is the proleptic Gregorian one.
/// </remarks>
[Experimental("DEX0001")]
public static class Temporal
{
    /// <summary>A part of every date.</summary>
    /// <param name="part">The part.</param>
    /// <param name="array">A date32 or timestamp column, borrowed.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One int32 a row, null where the date is, owned by the caller.</returns>
    /// <exception cref="NotSupportedException">The column holds no dates.</exception>
    public static Int32Array Extract(DatePart part, IArrowArray array, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(array.Data), allocator);
        using var values = new OutputBuffer<int>(allocator, array.Length);
        TemporalLoops.Extract(part, array.Data, values.Span);
        return (Int32Array)Assemble.Fixed(Int32Type.Default, array.Length, validity, values);
    }

    /// <summary>Adds days to every date.</summary>
    /// <param name="array">A date32 or timestamp column, borrowed.</param>
    /// <param name="days">Days to add; negative goes back.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A column of the input's type, owned by the caller.</returns>
    /// <exception cref="NotSupportedException">The column holds no dates.</exception>
    /// <exception cref="OverflowException">A result is beyond the type's range.</exception>
    public static IArrowArray AddDays(IArrowArray array, int days, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        return array.Data.DataType switch
        {
            Date32Type => TemporalLoops.Shift<int>(array.Data, days, allocator),
            TimestampType type => TemporalLoops.Shift(array.Data, checked(days * Calendar.UnitsPerDay(type.Unit)), allocator),
            _ => throw Guard.Unsupported(nameof(AddDays), array.Data.DataType),
        };
    }

    /// <summary>Whole days from one date to another; for timestamps, midnights between them.</summary>
    /// <param name="later">A date32 or timestamp column, borrowed.</param>
    /// <param name="earlier">A date32 or timestamp column of the same length, borrowed; negative results where it is the later one.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One int64 a row, null where either date is, owned by the caller.</returns>
    /// <exception cref="NotSupportedException">A column holds no dates.</exception>
    public static Int64Array DaysBetween(IArrowArray later, IArrowArray earlier, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(later);
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(allocator);
        Guard.SameLength(nameof(DaysBetween), later.Length, earlier.Length);
        using OutputBuffer<ulong>? validity = Validity.And(Bits.Validity(later.Data), Bits.Validity(earlier.Data), allocator);
        using var values = new OutputBuffer<long>(allocator, later.Length);
        using var rented = new Rented<long>(later.Length);
        TemporalLoops.Days(nameof(DaysBetween), later.Data, values.Span);
        TemporalLoops.Days(nameof(DaysBetween), earlier.Data, rented.Span);
        Span<long> target = values.Span;
        ReadOnlySpan<long> subtrahend = rented.Span;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] -= subtrahend[i];
        }

        return (Int64Array)Assemble.Fixed(Int64Type.Default, later.Length, validity, values);
    }

    /// <summary>The start of the unit that every date is in.</summary>
    /// <param name="unit">The unit; dates have no hours, so <see cref="TruncationUnit.Hour"/> leaves them.</param>
    /// <param name="array">A date32 or timestamp column, borrowed.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A column of the input's type, owned by the caller.</returns>
    /// <exception cref="NotSupportedException">The column holds no dates.</exception>
    public static IArrowArray Truncate(TruncationUnit unit, IArrowArray array, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(array.Data), allocator);
        if (array.Data.DataType is Date32Type)
        {
            using var days = new OutputBuffer<int>(allocator, array.Length);
            TemporalLoops.TruncateDays(unit, Columns.Values<int>(array.Data), days.Span);
            return Assemble.Fixed(array.Data.DataType, array.Length, validity, days);
        }

        if (array.Data.DataType is not TimestampType type)
        {
            throw Guard.Unsupported(nameof(Truncate), array.Data.DataType);
        }

        using var instants = new OutputBuffer<long>(allocator, array.Length);
        TemporalLoops.TruncateInstants(unit, Calendar.UnitsPerDay(type.Unit), Columns.Values<long>(array.Data), instants.Span);
        return Assemble.Fixed(type, array.Length, validity, instants);
    }
}
