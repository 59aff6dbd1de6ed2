using System.Text;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Reads times from texts, writes them as texts, and makes them of numbers.</summary>
internal static class TimeText
{
    /// <summary>Texts of a pattern as dates or timestamps; others are null, or the first of them is an error.</summary>
    public static IArrowArray Parse(
        TimePattern pattern, string format, bool isTry, IArrowType type, IReadOnlyList<IArrowArray> columns, MemoryAllocator allocator)
    {
        ArrayData data = columns[0].Data;
        var source = new BytesColumn(data);
        Bits rows = source.Validity;
        using OutputBuffer<ulong> validity = Validity.Empty(data.Length, allocator);
        Span<ulong> words = validity.Span;
        bool isDate = type is Date32Type;
        using var days = new OutputBuffer<int>(allocator, isDate ? data.Length : 0, clear: true);
        using var instants = new OutputBuffer<long>(allocator, isDate ? 0 : data.Length, clear: true);
        Span<int> dayTarget = days.Span;
        Span<long> target = instants.Span;
        long perSecond = isDate ? 0 : Calendar.UnitsPerDay(((TimestampType)type).Unit) / 86_400;
        for (int i = 0; i < data.Length; i++)
        {
            if (!rows[i])
            {
                continue;
            }

            bool read = pattern.TryRead(source[i], out ClockFields fields);
            if (read && isDate)
            {
                dayTarget[i] = (int)fields.Days;
            }
            else if (read)
            {
                long seconds = (fields.Days * 86_400) + fields.SecondOfDay - fields.Offset;
                Int128 exact = ((Int128)seconds * perSecond) + (fields.Nanosecond / (1_000_000_000 / perSecond));
                target[i] = (long)exact;
                read = target[i] == exact;
            }

            if (read)
            {
                Validity.Set(words, i);
            }
            else if (!isTry)
            {
                throw new FormatException($"'{Encoding.UTF8.GetString(source[i])}' in row {i} is no {Guard.Name(type)} of the format '{format}'.");
            }
        }

        return isDate ? Assemble.Fixed(type, data.Length, validity, days) : Assemble.Fixed(type, data.Length, validity, instants);
    }

    public static IArrowArray Format(TimePattern pattern, IReadOnlyList<IArrowArray> columns, MemoryAllocator allocator)
    {
        ArrayData data = columns[0].Data;
        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(data), allocator);
        Bits rows = TextLoops.Rows(validity, data.Length);
        int room = pattern.MostBytes;
        bool narrow = PhysicalTypes.Of(data.DataType) == Physical.Int32;
        ReadOnlySpan<int> small = narrow ? Columns.Values<int>(data) : [];
        ReadOnlySpan<long> large = narrow ? [] : Columns.Values<long>(data);
        long perDay = data.DataType is TimeBasedType timed ? Calendar.UnitsPerDay(timed.Unit) : 1;
        long nanoseconds = 86_400_000_000_000L / perDay;
        bool zoned = data.DataType is TimestampType { IsTimeZoneAware: true };
        var writer = new BytesWriter(data.Length, 0, allocator);
        try
        {
            for (int i = 0; i < data.Length; i++)
            {
                if (rows[i])
                {
                    long value = narrow ? small[i] : large[i];
                    long day = Calendar.FloorDiv(value, perDay);
                    writer.Advance(pattern.Write(day, (value - (day * perDay)) * nanoseconds, zoned, writer.Ask(room)));
                }

                writer.EndRow();
            }

            return writer.Build(StringType.Default, validity);
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Years, months and days as dates.</summary>
    public static IArrowArray MakeDate(IReadOnlyList<IArrowArray> columns, NumberSlot[] fields, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = TextLoops.Validity(columns, allocator);
        Bits rows = TextLoops.Rows(validity, columns[0].Length);
        using var values = new OutputBuffer<int>(allocator, columns[0].Length, clear: true);
        Span<int> target = values.Span;
        NumberInput year = fields[0].Of(columns);
        NumberInput month = fields[1].Of(columns);
        NumberInput day = fields[2].Of(columns);
        for (int i = 0; i < target.Length; i++)
        {
            if (rows[i])
            {
                target[i] = ClockFields.IsDate(year[i], month[i], day[i])
                    ? (int)Calendar.Days(year[i], (int)month[i], (int)day[i])
                    : throw new OverflowException($"There is no date with year {year[i]}, month {month[i]} and day {day[i]} in row {i}.");
            }
        }

        return Assemble.Fixed(Date32Type.Default, target.Length, validity, values);
    }

    /// <summary>Hours, minutes and seconds as microseconds of the day, with dates before them as timestamps.</summary>
    public static IArrowArray MakeClock(IArrowType type, IArrowArray? dates, IReadOnlyList<IArrowArray> columns, NumberSlot[] fields, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = TextLoops.Validity(dates is null ? columns : [dates, .. columns], allocator);
        Bits rows = TextLoops.Rows(validity, columns[0].Length);
        using var values = new OutputBuffer<long>(allocator, columns[0].Length, clear: true);
        Span<long> target = values.Span;
        ReadOnlySpan<int> days = dates is null ? [] : Columns.Values<int>(dates.Data);
        NumberInput hour = fields[0].Of(columns);
        NumberInput minute = fields[1].Of(columns);
        NumberInput second = fields[2].Of(columns);
        for (int i = 0; i < target.Length; i++)
        {
            if (rows[i])
            {
                long seconds = ClockFields.IsTime(hour[i], minute[i], second[i])
                    ? (hour[i] * 3600) + (minute[i] * 60) + second[i]
                    : throw new OverflowException($"There is no time with hour {hour[i]}, minute {minute[i]} and second {second[i]} in row {i}.");
                target[i] = ((days.IsEmpty ? 0 : days[i] * 86_400L) + seconds) * 1_000_000;
            }
        }

        return Assemble.Fixed(type, target.Length, validity, values);
    }
}
