using System.Numerics;
using System.Numerics.Tensors;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Hosting.Health;

/// <summary>Finds the newest instant of a date or timestamp column.</summary>
internal static class EventTimes
{
    public static DateTimeOffset? Newest(IArrowArray column) => column switch
    {
        Date32Array days => Max(days) is { } day ? DateTimeOffset.UnixEpoch.AddDays(day) : null,
        Date64Array milliseconds => Max(milliseconds) is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null,
        TimestampArray timestamps => Max(timestamps) is { } value ? FromUnix(value, ((TimestampType)timestamps.Data.DataType).Unit) : null,
        _ => throw new DataEngineXException($"Freshness is judged by a date or timestamp column, not by one of type {column.Data.DataType.Name}."),
    };

    private static T? Max<T>(PrimitiveArray<T> array)
        where T : struct, INumber<T>
    {
        var values = array.Values;
        if (array.NullCount == array.Length)
            return null;
        if (array.NullCount == 0)
            return TensorPrimitives.Max(values);
        T? max = null;
        for (var i = 0; i < values.Length; i++)
        {
            if (array.IsValid(i) && (max is null || values[i] > max))
                max = values[i];
        }

        return max;
    }

    private static DateTimeOffset FromUnix(long value, TimeUnit unit) => unit switch
    {
        TimeUnit.Second => DateTimeOffset.UnixEpoch.AddSeconds(value),
        TimeUnit.Millisecond => DateTimeOffset.UnixEpoch.AddMilliseconds(value),
        TimeUnit.Microsecond => DateTimeOffset.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond),
        _ => DateTimeOffset.UnixEpoch.AddTicks(value / TimeSpan.NanosecondsPerTick),
    };
}
