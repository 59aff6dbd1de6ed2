namespace DataEngineX.Compute;

/// <summary>The start of the unit of fixed length that an instant is in; weeks begin on Monday.</summary>
internal readonly struct FixedTruncateOp(long length, long origin) : ITimeOp
{
    public bool TryRun(int row, long value, out long result)
    {
        long rest = Calendar.FloorMod(value - origin, length);
        result = unchecked(value - rest);
        return result <= value;
    }
}

/// <summary>The start of the month, quarter or year that an instant is in.</summary>
internal readonly struct MonthTruncateOp(int months, long perDay) : ITimeOp
{
    public bool TryRun(int row, long value, out long result)
    {
        (long year, int month, _) = Calendar.Civil(Calendar.FloorDiv(value, perDay));
        long day = Calendar.Days(year, ((month - 1) / months * months) + 1, 1);
        result = unchecked(day * perDay);
        return result <= value;
    }
}

/// <summary>So many units of fixed length later.</summary>
internal readonly ref struct FixedAddOp(NumberInput amounts, long length) : ITimeOp
{
    private readonly NumberInput _amounts = amounts;

    public bool TryRun(int row, long value, out long result)
    {
        Int128 exact = ((Int128)_amounts[row] * length) + value;
        result = (long)exact;
        return result == exact;
    }
}

/// <summary>So many units of fixed length later on the clock, past midnight to the morning.</summary>
internal readonly ref struct ClockAddOp(NumberInput amounts, long length, long perDay) : ITimeOp
{
    private readonly NumberInput _amounts = amounts;

    public bool TryRun(int row, long value, out long result)
    {
        long moved = (long)((Int128)_amounts[row] * length % perDay);
        result = Calendar.FloorMod(value + moved, perDay);
        return true;
    }
}

/// <summary>So many months later at the same time of day; the day is clamped to the end of a shorter month.</summary>
internal readonly ref struct MonthAddOp(NumberInput amounts, int months, long perDay) : ITimeOp
{
    /// <summary>More months than lie between any two dates of date32.</summary>
    private const long Most = 200_000_000;

    private readonly NumberInput _amounts = amounts;

    public bool TryRun(int row, long value, out long result)
    {
        long amount = _amounts[row];
        result = value;
        if (amount is > Most or < -Most)
        {
            return false;
        }

        long day = Calendar.FloorDiv(value, perDay);
        (long year, int month, int date) = Calendar.Civil(day);
        long counted = (year * 12) + month - 1 + (amount * months);
        long newYear = Calendar.FloorDiv(counted, 12);
        int newMonth = (int)(counted - (newYear * 12)) + 1;
        long moved = Calendar.Days(newYear, newMonth, Math.Min(date, Calendar.DaysInMonth(newYear, newMonth)));
        Int128 exact = ((Int128)(moved - day) * perDay) + value;
        result = (long)exact;
        return result == exact;
    }
}

/// <summary>Units of fixed length since 1970-01-01 (weeks since a Monday), rounded down.</summary>
internal readonly struct CountOp(long divisor, long factor, long origin) : ITimeOp
{
    public bool TryRun(int row, long value, out long result)
    {
        Int128 exact = (Int128)Calendar.FloorDiv(value - origin, divisor) * factor;
        result = (long)exact;
        return result == exact;
    }
}

/// <summary>A number of units as an instant.</summary>
internal readonly struct ScaleOp(long factor) : ITimeOp
{
    public bool TryRun(int row, long value, out long result)
    {
        Int128 exact = (Int128)value * factor;
        result = (long)exact;
        return result == exact;
    }
}

/// <summary>The time of day of an instant.</summary>
internal readonly struct TimeOfDayOp(long perDay, long factor) : ITimeOp
{
    public bool TryRun(int row, long value, out long result)
    {
        result = Calendar.FloorMod(value, perDay) * factor;
        return true;
    }
}

/// <summary>An instant as clocks of a zone show it.</summary>
internal struct ToLocalOp(ZoneRules rules, long perSecond) : ITimeOp
{
    private ZoneSpan _span = ZoneSpan.None;

    public bool TryRun(int row, long value, out long result)
    {
        long seconds = Calendar.FloorDiv(value, perSecond);
        if (!_span.Holds(seconds))
        {
            _span = rules.At(seconds);
        }

        Int128 exact = ((Int128)_span.Offset * perSecond) + value;
        result = (long)exact;
        return result == exact;
    }
}

/// <summary>The instant at which clocks of a zone show a date and time.</summary>
internal struct ToInstantOp(ZoneRules rules, long perSecond) : ITimeOp
{
    private ZoneSpan _span = ZoneSpan.None;

    public bool TryRun(int row, long value, out long result)
    {
        long seconds = Calendar.FloorDiv(value, perSecond);
        if (!_span.HoldsLocal(seconds))
        {
            _span = rules.AtLocal(seconds);
        }

        Int128 exact = value - ((Int128)_span.Offset * perSecond);
        result = (long)exact;
        return result == exact;
    }
}
