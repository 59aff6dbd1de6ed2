using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;

namespace DataEngineX.Quality;

/// <summary>Finds the newest event of each partition that is not in the future.</summary>
internal sealed class NewestEvents(DateTimeOffset now) : IDisposable
{
    private readonly List<long?> _newest = [];
    private GroupIndex? _partitions;
    private long _ticksInUnit = 1;
    private long _unitsInTick = 1;
    private int[] _ids = [];

    /// <summary>Takes rows whose first column is the time and whose second, if there is one, the partition.</summary>
    public void Add(RecordBatch batch)
    {
        if (batch.Length == 0)
            return;
        var time = batch.Column(0);
        SetUnit(time.Data.DataType, batch.Schema.FieldsList[0].Name);
        if (_ids.Length < batch.Length)
            _ids = new int[batch.Length];
        var ids = _ids.AsSpan(0, batch.Length);
        ids.Clear();
        if (batch.ColumnCount > 1)
        {
            _partitions ??= new GroupIndex([batch.Schema.FieldsList[1].DataType], MemoryAllocator.Default.Value);
            _partitions.Map([batch.Column(1)], ids);
        }

        while (_newest.Count < Math.Max(1, _partitions?.Count ?? 1))
            _newest.Add(null);
        Fold(time, ids);
    }

    public IReadOnlyDictionary<string, DateTimeOffset?> ToDictionary()
    {
        var result = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        if (_partitions is null)
        {
            if (_newest.Count > 0)
                result[""] = InstantOf(_newest[0]);
            return result;
        }

        var names = _partitions.BuildKeys(MemoryAllocator.Default.Value)[0];
        using (names)
        {
            for (var i = 0; i < names.Length; i++)
                result[CellText.Of(names, i) ?? "null"] = InstantOf(_newest[i]);
        }

        return result;
    }

    public void Dispose() => _partitions?.Dispose();

    private void Fold(IArrowArray time, ReadOnlySpan<int> ids)
    {
        var presence = new Presence(time);
        var limit = (Int128)(now.UtcTicks - DateTime.UnixEpoch.Ticks) * _unitsInTick;
        var days = time is Date32Array ? RuleBatch.Values<int>(time) : [];
        var units = time is Date32Array ? [] : RuleBatch.Values<long>(time);
        for (var i = 0; i < ids.Length; i++)
        {
            if (!presence[i])
                continue;
            var value = days.IsEmpty ? units[i] : days[i];
            if ((Int128)value * _ticksInUnit <= limit && !(value <= _newest[ids[i]]))
                _newest[ids[i]] = value;
        }
    }

    private DateTimeOffset? InstantOf(long? value)
    {
        if (value is null)
            return null;
        var ticks = ((Int128)value.Value * _ticksInUnit / _unitsInTick) + DateTime.UnixEpoch.Ticks;
        return ticks < 0 ? DateTimeOffset.MinValue : new DateTimeOffset((long)ticks, TimeSpan.Zero);
    }

    private void SetUnit(IArrowType type, string column) => (_ticksInUnit, _unitsInTick) = type switch
    {
        Date32Type => (TimeSpan.TicksPerDay, 1),
        Date64Type => (TimeSpan.TicksPerMillisecond, 1),
        TimestampType { Unit: TimeUnit.Second } => (TimeSpan.TicksPerSecond, 1),
        TimestampType { Unit: TimeUnit.Millisecond } => (TimeSpan.TicksPerMillisecond, 1),
        TimestampType { Unit: TimeUnit.Microsecond } => (TimeSpan.TicksPerMicrosecond, 1),
        TimestampType => (1, 100),
        _ => throw new PlanException($"Freshness needs a timestamp or a date, and column '{column}' is {ArrowTypes.NameOf(type)}.", "freshness", column),
    };
}
