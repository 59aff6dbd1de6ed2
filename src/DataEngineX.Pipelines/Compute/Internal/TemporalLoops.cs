using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>The loops of <see cref="Temporal"/>; what lies under nulls gives some value and never fails.</summary>
internal static class TemporalLoops
{
    public static void Extract(DatePart part, ArrayData data, Span<int> target)
    {
        if (part is DatePart.Hour or DatePart.Minute or DatePart.Second)
        {
            ExtractTime(part, data, target);
            return;
        }

        using var rented = new Rented<long>(target.Length);
        Days(part.ToString(), data, rented.Span);
        ReadOnlySpan<long> days = rented.Span;
        for (int i = 0; i < target.Length; i++)
        {
            long day = days[i];
            target[i] = part switch
            {
                DatePart.Year => (int)Calendar.Civil(day).Year,
                DatePart.Month => Calendar.Civil(day).Month,
                DatePart.Day => Calendar.Civil(day).Day,
                DatePart.DayOfYear => (int)(day - Calendar.Days(Calendar.Civil(day).Year, 1, 1)) + 1,
                // 1970-01-01 was a Thursday.
                DatePart.DayOfWeek => (int)(day + 4 - (Calendar.FloorDiv(day + 4, 7) * 7)),
                _ => throw new ArgumentOutOfRangeException(nameof(part), part, "There is no such part of a date."),
            };
        }
    }

    /// <summary>Days since 1970-01-01 of every row.</summary>
    public static void Days(string kernel, ArrayData data, Span<long> target)
    {
        switch (data.DataType)
        {
            case Date32Type:
                ReadOnlySpan<int> days = Columns.Values<int>(data);
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = days[i];
                }

                break;
            case TimestampType type:
                ReadOnlySpan<long> instants = Columns.Values<long>(data);
                long perDay = Calendar.UnitsPerDay(type.Unit);
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = Calendar.FloorDiv(instants[i], perDay);
                }

                break;
            default:
                throw Guard.Unsupported(kernel, data.DataType);
        }
    }

    public static IArrowArray Shift<T>(ArrayData data, T amount, MemoryAllocator allocator)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        Bits valid = Bits.Validity(data);
        using OutputBuffer<ulong>? validity = Validity.Copy(valid, allocator);
        using var values = new OutputBuffer<T>(allocator, data.Length);
        ReadOnlySpan<T> source = Columns.Values<T>(data);
        Span<T> target = values.Span;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = AddOp.Invoke(source[i], amount, out IntegerOutcome outcome);
            if (outcome == IntegerOutcome.Overflow && valid[i])
            {
                throw new OverflowException($"AddDays of row {i} goes beyond the range of {Guard.Name(data.DataType)}.");
            }
        }

        return Assemble.Fixed(data.DataType, data.Length, validity, values);
    }

    public static void TruncateDays(TruncationUnit unit, ReadOnlySpan<int> source, Span<int> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (int)TruncateDay(unit, source[i]);
        }
    }

    public static void TruncateInstants(TruncationUnit unit, long perDay, ReadOnlySpan<long> source, Span<long> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = unit == TruncationUnit.Hour
                ? unchecked(Calendar.FloorDiv(source[i], perDay / 24) * (perDay / 24))
                : unchecked(TruncateDay(unit, Calendar.FloorDiv(source[i], perDay)) * perDay);
        }
    }

    private static long TruncateDay(TruncationUnit unit, long day) => unit switch
    {
        TruncationUnit.Hour or TruncationUnit.Day => day,
        TruncationUnit.Month => day - Calendar.Civil(day).Day + 1,
        TruncationUnit.Year => Calendar.Days(Calendar.Civil(day).Year, 1, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Dates cannot be truncated to such a unit."),
    };

    private static void ExtractTime(DatePart part, ArrayData data, Span<int> target)
    {
        if (data.DataType is Date32Type)
        {
            target.Clear();
            return;
        }

        if (data.DataType is not TimestampType type)
        {
            throw Guard.Unsupported(part.ToString(), data.DataType);
        }

        long perDay = Calendar.UnitsPerDay(type.Unit);
        (long unit, int modulus) = part switch
        {
            DatePart.Hour => (perDay / 24, 24),
            DatePart.Minute => (perDay / 1440, 60),
            _ => (perDay / 86_400, 60),
        };
        ReadOnlySpan<long> source = Columns.Values<long>(data);
        for (int i = 0; i < target.Length; i++)
        {
            long count = Calendar.FloorDiv(source[i], unit);
            target[i] = (int)(count - (Calendar.FloorDiv(count, modulus) * modulus));
        }
    }
}
