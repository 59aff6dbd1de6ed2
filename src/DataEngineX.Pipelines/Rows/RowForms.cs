namespace DataEngineX.Pipelines;

/// <summary>Stored as it is.</summary>
internal readonly struct PlainForm<T> : IRowForm<T, T>
{
    public static bool TryGet(T member, out T value)
    {
        value = member;
        return true;
    }
}

/// <summary>A member that may be null.</summary>
internal readonly struct OptionalForm<TMember, TValue, TForm> : IRowForm<TMember?, TValue>
    where TMember : struct
    where TForm : struct, IRowForm<TMember, TValue>
{
    public static bool TryGet(TMember? member, out TValue value)
    {
        if (member is { } known)
            return TForm.TryGet(known, out value);
        value = default!;
        return false;
    }
}

/// <summary>Days since 1970.</summary>
internal readonly struct DayForm : IRowForm<DateOnly, int>
{
    private static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static bool TryGet(DateOnly member, out int value)
    {
        value = member.DayNumber - Epoch;
        return true;
    }
}

/// <summary>Microseconds since 1970, of an instant.</summary>
internal readonly struct InstantForm : IRowForm<DateTimeOffset, long>
{
    public static bool TryGet(DateTimeOffset member, out long value)
    {
        value = RowTimes.Microseconds(member.UtcTicks - DateTime.UnixEpoch.Ticks);
        return true;
    }
}

/// <summary>Microseconds since 1970, of a time without zone.</summary>
internal readonly struct LocalTimeForm : IRowForm<DateTime, long>
{
    public static bool TryGet(DateTime member, out long value)
    {
        value = RowTimes.Microseconds(member.Ticks - DateTime.UnixEpoch.Ticks);
        return true;
    }
}

/// <summary>Microseconds of a time span.</summary>
internal readonly struct SpanForm : IRowForm<TimeSpan, long>
{
    public static bool TryGet(TimeSpan member, out long value)
    {
        value = RowTimes.Microseconds(member.Ticks);
        return true;
    }
}

/// <summary>Microseconds since midnight.</summary>
internal readonly struct TimeOfDayForm : IRowForm<TimeOnly, long>
{
    public static bool TryGet(TimeOnly member, out long value)
    {
        value = RowTimes.Microseconds(member.Ticks);
        return true;
    }
}

/// <summary>Ticks to microseconds, rounded down, so that times keep their order.</summary>
internal static class RowTimes
{
    public static long Microseconds(long ticks)
    {
        var (whole, rest) = Math.DivRem(ticks, TimeSpan.TicksPerMicrosecond);
        return rest < 0 ? whole - 1 : whole;
    }
}
