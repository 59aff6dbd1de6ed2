using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>The loops that take parts of dates; what lies under nulls gives some value and never fails.</summary>
internal static class TemporalParts
{
    public static void Extract(DatePart part, ArrayData data, Span<int> target)
    {
        switch (part)
        {
            case DatePart.Year:
                OfDays<YearPart>(data, target);
                break;
            case DatePart.Quarter:
                OfDays<QuarterPart>(data, target);
                break;
            case DatePart.Month:
                OfDays<MonthPart>(data, target);
                break;
            case DatePart.Day when data.DataType is DurationType:
                OfDuration(part, data, target);
                break;
            case DatePart.Day:
                OfDays<DayPart>(data, target);
                break;
            case DatePart.DayOfYear:
                OfDays<DayOfYearPart>(data, target);
                break;
            case DatePart.DayOfWeek:
                OfDays<DayOfWeekPart>(data, target);
                break;
            case DatePart.IsoDayOfWeek:
                OfDays<IsoDayOfWeekPart>(data, target);
                break;
            case DatePart.IsoWeek:
                OfDays<IsoWeekPart>(data, target);
                break;
            case DatePart.IsoYear:
                OfDays<IsoYearPart>(data, target);
                break;
            default:
                OfClock(part, data, target);
                break;
        }
    }

    private static void OfDays<TPart>(ArrayData data, Span<int> target)
        where TPart : struct, IDayPart
    {
        if (data.DataType is Date32Type)
        {
            ReadOnlySpan<int> days = Columns.Values<int>(data);
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = TPart.Of(days[i]);
            }

            return;
        }

        long perDay = Calendar.UnitsPerDay(((TimeBasedType)data.DataType).Unit);
        ReadOnlySpan<long> instants = Columns.Values<long>(data);
        // Neighbours mostly share their day, and then a comparison takes the place of two divisions and the calendar.
        long start = 0;
        int value = TPart.Of(0);
        for (int i = 0; i < target.Length; i++)
        {
            long instant = instants[i];
            if ((ulong)(instant - start) >= (ulong)perDay)
            {
                long day = Calendar.FloorDiv(instant, perDay);
                start = unchecked(day * perDay);
                value = TPart.Of(day);
            }

            target[i] = value;
        }
    }

    private static void OfClock(DatePart part, ArrayData data, Span<int> target)
    {
        if (data.DataType is Date32Type)
        {
            target.Clear();
            return;
        }

        if (data.DataType is DurationType)
        {
            OfDuration(part, data, target);
            return;
        }

        (long unit, long modulus) = Clock(part, ((TimeBasedType)data.DataType).Unit);
        if (unit == 0)
        {
            target.Clear();
        }
        else if (data.DataType is Time32Type)
        {
            ReadOnlySpan<int> source = Columns.Values<int>(data);
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = (int)Calendar.FloorMod(source[i] / unit, modulus);
            }
        }
        else
        {
            ReadOnlySpan<long> source = Columns.Values<long>(data);
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = (int)Calendar.FloorMod(Calendar.FloorDiv(source[i], unit), modulus);
            }
        }
    }

    /// <summary>Parts of a duration have its sign.</summary>
    private static void OfDuration(DatePart part, ArrayData data, Span<int> target)
    {
        TimeUnit stored = ((TimeBasedType)data.DataType).Unit;
        (long unit, long modulus) = part == DatePart.Day ? (Calendar.UnitsPerDay(stored), long.MaxValue) : Clock(part, stored);
        ReadOnlySpan<long> source = Columns.Values<long>(data);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = unit == 0 ? 0 : unchecked((int)(source[i] / unit % modulus));
        }
    }

    /// <summary>Units of storage in a part of the clock, 0 where storage is coarser, and how many of it the next greater one has.</summary>
    private static (long Unit, long Modulus) Clock(DatePart part, TimeUnit stored)
    {
        long perDay = Calendar.UnitsPerDay(stored);
        return part switch
        {
            DatePart.Hour => (perDay / 24, 24),
            DatePart.Minute => (perDay / 1440, 60),
            DatePart.Second => (perDay / 86_400, 60),
            DatePart.Millisecond => (perDay / 86_400_000, 1000),
            DatePart.Microsecond => (perDay / 86_400_000_000, 1000),
            _ => (perDay / 86_400_000_000_000, 1000),
        };
    }
}
