using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Compute;

/// <summary>Parts of and sums with dates, times, timestamps and durations.</summary>
/// <remarks>
/// Timestamps are read as they are stored: in UTC where they carry a zone, as local time where they do not. The calendar is the proleptic
/// Gregorian one. Each kernel takes the columns it reads, the time first; the caller owns what is returned. The binder checks types.
/// </remarks>
internal static class Temporal
{
    public static IArrowArray Extract(DatePart part, IReadOnlyList<IArrowArray> columns, MemoryAllocator allocator)
    {
        ArrayData data = columns[0].Data;
        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(data), allocator);
        using var values = new OutputBuffer<int>(allocator, data.Length);
        TemporalParts.Extract(part, data, values.Span);
        return Assemble.Fixed(Int32Type.Default, data.Length, validity, values);
    }

    public static IArrowArray Truncate(CalendarUnit unit, IReadOnlyList<IArrowArray> columns, MemoryAllocator allocator)
    {
        IArrowType type = columns[0].Data.DataType;
        long perDay = PerDay(type);
        if (!TimeUnits.IsFixed(unit))
        {
            return TemporalLoops.Map(FunctionNames.TruncateTime, columns, type, new MonthTruncateOp(TimeUnits.Months(unit), perDay), allocator);
        }

        long length = Math.Max(1, TimeUnits.Nanoseconds(unit) / (TimeUnits.Nanoseconds(CalendarUnit.Day) / perDay));
        return TemporalLoops.Map(FunctionNames.TruncateTime, columns, type, new FixedTruncateOp(length, Origin(unit, perDay)), allocator);
    }

    /// <summary>Moves dates, timestamps and durations that are stored in the unit or a finer one; times go round the clock.</summary>
    public static IArrowArray Add(CalendarUnit unit, IReadOnlyList<IArrowArray> columns, NumberInput amounts, MemoryAllocator allocator)
    {
        IArrowType type = columns[0].Data.DataType;
        long perDay = PerDay(type);
        if (!TimeUnits.IsFixed(unit))
        {
            return TemporalLoops.Map(FunctionNames.AddTime, columns, type, new MonthAddOp(amounts, TimeUnits.Months(unit), perDay), allocator);
        }

        long length = TimeUnits.Nanoseconds(unit) / (TimeUnits.Nanoseconds(CalendarUnit.Day) / perDay);
        return type is Time32Type or Time64Type
            ? TemporalLoops.Map(FunctionNames.AddTime, columns, type, new ClockAddOp(amounts, length, perDay), allocator)
            : TemporalLoops.Map(FunctionNames.AddTime, columns, type, new FixedAddOp(amounts, length), allocator);
    }

    /// <summary>Units of fixed length since 1970-01-01, as int64; weeks since the Monday before.</summary>
    public static IArrowArray Count(CalendarUnit unit, IReadOnlyList<IArrowArray> columns, MemoryAllocator allocator)
    {
        long perDay = PerDay(columns[0].Data.DataType);
        long stored = TimeUnits.Nanoseconds(CalendarUnit.Day) / perDay;
        long wanted = TimeUnits.Nanoseconds(unit);
        return TemporalLoops.Map(
            FunctionNames.Epoch, columns, Int64Type.Default,
            new CountOp(Math.Max(1, wanted / stored), Math.Max(1, stored / wanted), 0), allocator);
    }

    /// <summary>Starts of units passed from one to the other, as int64; both columns are of one type.</summary>
    public static IArrowArray Difference(CalendarUnit unit, IReadOnlyList<IArrowArray> columns, MemoryAllocator allocator)
    {
        long perDay = PerDay(columns[0].Data.DataType);
        using OutputBuffer<ulong>? validity = TextLoops.Validity(columns, allocator);
        Bits rows = TextLoops.Rows(validity, columns[0].Length);
        using var values = new OutputBuffer<long>(allocator, columns[0].Length);
        using var rented = new Rented<long>(columns[0].Length);
        Index(unit, perDay, columns[0].Data, values.Span, rows);
        Index(unit, perDay, columns[1].Data, rented.Span, rows);
        Span<long> target = values.Span;
        ReadOnlySpan<long> earlier = rented.Span;
        for (int i = 0; i < target.Length; i++)
        {
            long difference = unchecked(target[i] - earlier[i]);
            if (((target[i] ^ earlier[i]) & (target[i] ^ difference)) < 0 && rows[i])
            {
                throw new OverflowException($"{FunctionNames.DateDiff} in row {i} goes beyond the range of int64.");
            }

            target[i] = difference;
        }

        return Assemble.Fixed(Int64Type.Default, target.Length, validity, values);
    }

    /// <summary>Numbers of units as a timestamp or duration.</summary>
    public static IArrowArray Scale(string kernel, IArrowType type, long factor, IReadOnlyList<IArrowArray> columns, MemoryAllocator allocator) =>
        TemporalLoops.Map(kernel, columns, type, new ScaleOp(factor), allocator);

    public static IArrowArray TimeOfDay(Time64Type type, IReadOnlyList<IArrowArray> columns, MemoryAllocator allocator)
    {
        long perDay = PerDay(columns[0].Data.DataType);
        return TemporalLoops.Map(
            FunctionNames.TimeOfDay, columns, type, new TimeOfDayOp(perDay, Calendar.UnitsPerDay(type.Unit) / perDay), allocator);
    }

    public static IArrowArray ToLocal(ZoneRules rules, TimestampType type, IReadOnlyList<IArrowArray> columns, MemoryAllocator allocator) =>
        TemporalLoops.Map(FunctionNames.ToLocal, columns, type, new ToLocalOp(rules, PerDay(type) / 86_400), allocator);

    public static IArrowArray ToInstant(ZoneRules rules, TimestampType type, IReadOnlyList<IArrowArray> columns, MemoryAllocator allocator) =>
        TemporalLoops.Map(FunctionNames.ToInstant, columns, type, new ToInstantOp(rules, PerDay(type) / 86_400), allocator);

    /// <summary>Durations as a number of units, as double.</summary>
    public static IArrowArray InUnits(CalendarUnit unit, IReadOnlyList<IArrowArray> columns, MemoryAllocator allocator)
    {
        ArrayData data = columns[0].Data;
        double length = (double)TimeUnits.Nanoseconds(unit) / TimeUnits.Nanoseconds(((TimeBasedType)data.DataType).Unit);
        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(data), allocator);
        using var values = new OutputBuffer<double>(allocator, data.Length);
        ReadOnlySpan<long> source = Columns.Values<long>(data);
        Span<double> target = values.Span;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = source[i] / length;
        }

        return Assemble.Fixed(DoubleType.Default, data.Length, validity, values);
    }

    private static long PerDay(IArrowType type) => type is TimeBasedType timed ? Calendar.UnitsPerDay(timed.Unit) : 1;

    /// <summary>Weeks begin on Monday; 1970-01-05 was one.</summary>
    private static long Origin(CalendarUnit unit, long perDay) => unit == CalendarUnit.Week ? 4 * perDay : 0;

    private static void Index(CalendarUnit unit, long perDay, ArrayData data, Span<long> target, Bits rows)
    {
        bool narrow = PhysicalTypes.Of(data.DataType) == Physical.Int32;
        ReadOnlySpan<int> small = narrow ? Columns.Values<int>(data) : [];
        ReadOnlySpan<long> large = narrow ? [] : Columns.Values<long>(data);
        long stored = TimeUnits.Nanoseconds(CalendarUnit.Day) / perDay;
        bool isFixed = TimeUnits.IsFixed(unit);
        int months = isFixed ? 1 : TimeUnits.Months(unit);
        long wanted = isFixed ? TimeUnits.Nanoseconds(unit) : 1;
        var count = new CountOp(Math.Max(1, wanted / stored), Math.Max(1, stored / wanted), Origin(unit, perDay));
        for (int i = 0; i < target.Length; i++)
        {
            long value = narrow ? small[i] : large[i];
            if (isFixed)
            {
                if (!count.TryRun(i, value, out target[i]) && rows[i])
                {
                    throw new OverflowException($"{FunctionNames.DateDiff} in row {i} goes beyond the range of int64.");
                }
            }
            else
            {
                (long year, int month, _) = Calendar.Civil(Calendar.FloorDiv(value, perDay));
                target[i] = Calendar.FloorDiv((year * 12) + month - 1, months);
            }
        }
    }
}
