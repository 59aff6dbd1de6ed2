using System.Data.Common;
using System.Globalization;

namespace DataEngineX.Sources;

/// <summary>How cells of a CLR type are read as another; null where they do not fit.</summary>
internal static class DbReads
{
    internal static Func<DbDataReader, int, long>? Whole(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int64 => static (r, i) => r.GetInt64(i),
        TypeCode.Int32 => static (r, i) => r.GetInt32(i),
        TypeCode.Int16 => static (r, i) => r.GetInt16(i),
        TypeCode.Byte => static (r, i) => r.GetByte(i),
        TypeCode.SByte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64 => static (r, i) => Convert.ToInt64(r.GetValue(i), CultureInfo.InvariantCulture),
        TypeCode.Decimal => static (r, i) => r.GetDecimal(i) is var value && decimal.Truncate(value) == value ? decimal.ToInt64(value) : throw new OverflowException(),
        _ => null,
    };

    internal static Func<DbDataReader, int, ulong>? Unsigned(Type type) => type == typeof(ulong)
        ? static (r, i) => r.GetFieldValue<ulong>(i)
        : type == typeof(decimal)
            ? static (r, i) => r.GetDecimal(i) is var value && decimal.Truncate(value) == value ? decimal.ToUInt64(value) : throw new OverflowException()
            : Whole(type) is { } read ? (r, i) => checked((ulong)read(r, i)) : null;

    internal static Func<DbDataReader, int, double>? Real(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Double => static (r, i) => r.GetDouble(i),
        TypeCode.Single => static (r, i) => r.GetFloat(i),
        TypeCode.Decimal => static (r, i) => (double)r.GetDecimal(i),
        _ => Whole(type) is { } read ? (r, i) => read(r, i) : null,
    };

    internal static Func<DbDataReader, int, decimal>? Decimal(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Decimal => static (r, i) => r.GetDecimal(i),
        TypeCode.String => static (r, i) => decimal.Parse(r.GetString(i), NumberStyles.Float, CultureInfo.InvariantCulture),
        TypeCode.Double => static (r, i) => (decimal)r.GetDouble(i),
        TypeCode.Single => static (r, i) => (decimal)r.GetFloat(i),
        _ => Whole(type) is { } read ? (r, i) => read(r, i) : null,
    };

    /// <summary>Microseconds since 1970; a time without offset is taken as UTC.</summary>
    internal static Func<DbDataReader, int, long>? Instant(Type type) => type switch
    {
        _ when type == typeof(DateTime) => static (r, i) => Since(r.GetDateTime(i)),
        _ when type == typeof(DateTimeOffset) => static (r, i) => Since(r.GetFieldValue<DateTimeOffset>(i).UtcDateTime),
        _ when type == typeof(DateOnly) => static (r, i) => Since(r.GetFieldValue<DateOnly>(i).ToDateTime(TimeOnly.MinValue)),
        _ when type == typeof(string) => static (r, i) => Since(
            DateTimeOffset.Parse(r.GetString(i), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime),
        _ => null,
    };

    internal static Func<DbDataReader, int, int>? Day(Type type) => type switch
    {
        _ when type == typeof(DateOnly) => static (r, i) => Days(r.GetFieldValue<DateOnly>(i)),
        _ when type == typeof(DateTime) => static (r, i) => r.GetDateTime(i) is var time && time.TimeOfDay == TimeSpan.Zero ? Days(DateOnly.FromDateTime(time)) : throw new FormatException(),
        _ when type == typeof(string) => static (r, i) => Days(DateOnly.Parse(r.GetString(i), CultureInfo.InvariantCulture)),
        _ => null,
    };

    /// <summary>Microseconds.</summary>
    internal static Func<DbDataReader, int, long>? Span(Type type) => type switch
    {
        _ when type == typeof(TimeSpan) => static (r, i) => r.GetFieldValue<TimeSpan>(i).Ticks / TimeSpan.TicksPerMicrosecond,
        _ when type == typeof(TimeOnly) => static (r, i) => r.GetFieldValue<TimeOnly>(i).Ticks / TimeSpan.TicksPerMicrosecond,
        _ when type == typeof(string) => static (r, i) => TimeSpan.Parse(r.GetString(i), CultureInfo.InvariantCulture).Ticks / TimeSpan.TicksPerMicrosecond,
        _ => null,
    };

    private static int Days(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private static long Since(DateTime time)
    {
        var ticks = (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).Ticks - DateTime.UnixEpoch.Ticks;
        return (ticks / TimeSpan.TicksPerMicrosecond) - (ticks % TimeSpan.TicksPerMicrosecond < 0 ? 1 : 0);
    }
}
