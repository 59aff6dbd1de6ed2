using System.Collections.Concurrent;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Pipelines;

namespace DataEngineX.AspNetCore;

/// <summary>Judges the age of tables by event time; the greatest event time of a version is looked up once.</summary>
internal sealed class FreshnessReader(IPipelineCatalog pipelines, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(DatasetId Table, string Column), (long Version, DateTimeOffset? Newest)> _known = new();

    public async ValueTask<FreshnessDto> ReadAsync(ITable table, TableSnapshot snapshot, CancellationToken cancellationToken)
    {
        var policy = pipelines.Pipelines.FirstOrDefault(p => p.Freshness is not null && p.Target.Dataset == snapshot.Id)?.Freshness;
        if (policy is null)
            return new FreshnessDto("unknown", snapshot.Timestamp, null, null, null, null);
        var newest = await NewestAsync(table, snapshot, policy.Column, cancellationToken).ConfigureAwait(false);
        var age = newest is { } instant ? clock.GetUtcNow() - instant : (TimeSpan?)null;
        var state = age switch
        {
            null => "unknown",
            _ when age <= policy.Within => "fresh",
            _ => "stale",
        };
        return new FreshnessDto(state, snapshot.Timestamp, policy.Column, newest, age?.TotalSeconds, policy.Within.TotalSeconds);
    }

    private async ValueTask<DateTimeOffset?> NewestAsync(ITable table, TableSnapshot snapshot, string column, CancellationToken cancellationToken)
    {
        var key = (snapshot.Id, column);
        if (_known.TryGetValue(key, out var known) && known.Version == snapshot.Version)
            return known.Newest;
        if (!snapshot.Schema.FieldsLookup.Contains(column))
            return null;
        long? ticks = null;
        var scan = new TableScan { Version = snapshot.Version, Columns = [column] };
        await foreach (var batch in table.ScanAsync(scan, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
                ticks = Max(ticks, Greatest(batch.Column(0)));
        }

        DateTimeOffset? newest = ticks is { } found ? new DateTimeOffset(found, TimeSpan.Zero) : null;
        _known[key] = (snapshot.Version, newest);
        return newest;
    }

    private static long? Max(long? left, long? right) => left is null || right > left ? right ?? left : left;

    // In ticks, so that every type of instant compares.
    private static long? Greatest(IArrowArray array) => array switch
    {
        Date32Array dates => Greatest(dates, dates.Values) is { } days ? DateTime.UnixEpoch.Ticks + (days * TimeSpan.TicksPerDay) : null,
        Date64Array dates => Greatest(dates, dates.Values) is { } ms ? DateTime.UnixEpoch.Ticks + (ms * TimeSpan.TicksPerMillisecond) : null,
        TimestampArray stamps => Greatest(stamps, stamps.Values) is { } units ? DateTime.UnixEpoch.Ticks + Ticks(units, ((TimestampType)stamps.Data.DataType).Unit) : null,
        _ => null,
    };

    private static long? Greatest<T>(IArrowArray array, ReadOnlySpan<T> values)
        where T : struct, IConvertible, IComparable<T>
    {
        T? greatest = null;
        for (var i = 0; i < values.Length; i++)
        {
            if (array.IsValid(i) && (greatest is not { } seen || values[i].CompareTo(seen) > 0))
                greatest = values[i];
        }

        return greatest?.ToInt64(null);
    }

    private static long Ticks(long units, TimeUnit unit) => unit switch
    {
        TimeUnit.Second => units * TimeSpan.TicksPerSecond,
        TimeUnit.Millisecond => units * TimeSpan.TicksPerMillisecond,
        TimeUnit.Microsecond => units * TimeSpan.TicksPerMicrosecond,
        _ => units / TimeSpan.NanosecondsPerTick,
    };
}
