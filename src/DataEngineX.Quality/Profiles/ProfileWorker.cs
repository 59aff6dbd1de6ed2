using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Quality;

/// <summary>One thread's share of a profile.</summary>
internal sealed class ProfileWorker
{
    private readonly BoundProfile _profile;
    private readonly MemoryAllocator _allocator;
    private readonly Scratch _scratch = new();

    public ProfileWorker(BoundProfile profile, DateTimeOffset now, MemoryAllocator allocator)
    {
        _profile = profile;
        _allocator = allocator;
        Table = new TableState(profile.CountsDuplicates);
        Columns = [.. profile.Shapes.Select(ColumnState.Create)];
        Pairs = profile.Options.Correlations ? new PairState(profile.Shapes) : null;
        foreach (var column in Columns)
        {
            if (column is FixedState { Times: { HasDays: true } times } state)
                times.Now = NowOf(state.Shape, now);
        }
    }

    public TableState Table { get; }

    public ColumnState[] Columns { get; }

    public PairState? Pairs { get; }

    /// <summary>Looks at a batch.</summary>
    /// <param name="batch">The rows, borrowed.</param>
    /// <param name="part">The part of the stream they belong to.</param>
    public void Take(RecordBatch batch, long part)
    {
        if (batch.Length == 0)
            return;
        _scratch.ReserveRows(batch.Length);
        var words = (batch.Length + 63) / 64;
        _scratch.AnyNull.AsSpan(0, words).Clear();
        for (var w = 0; w < words; w++)
            _scratch.AllNull[w] = batch.Length - (w * 64) >= 64 ? ulong.MaxValue : (1UL << (batch.Length - (w * 64))) - 1;
        var rows = _profile.CountsDuplicates ? _scratch.Rows.AsSpan(0, batch.Length) : default;
        rows.Clear();
        Pairs?.Begin(batch.Length, part);
        var bytes = 0L;
        for (var i = 0; i < Columns.Length; i++)
        {
            var column = batch.Column(_profile.Ordinals[i]);
            bytes += BytesOf(column);
            Take(column, i, part, rows);
        }

        Pairs?.End();
        Table.Add(batch, rows, _scratch, bytes);
    }

    /// <summary>Joins what all workers have seen into the first.</summary>
    public static ProfileWorker Join(IReadOnlyList<ProfileWorker> workers)
    {
        var all = workers[0];
        foreach (var other in workers.Skip(1))
        {
            all.Table.Merge(other.Table);
            all.Pairs?.Merge(other.Pairs!);
            for (var i = 0; i < all.Columns.Length; i++)
                all.Columns[i].Join(other.Columns[i]);
        }

        foreach (var column in all.Columns)
            column.Finish();
        return all;
    }

    private void Take(IArrowArray column, int index, long part, Span<ulong> rows)
    {
        if (column is DictionaryArray dictionary && !IsPlainText(dictionary))
        {
            using var decoded = Dictionaries.Decode(column, _allocator);
            Take(decoded, index, part, rows);
            return;
        }

        TakeNulls(column);
        Columns[index].Update(column, part, rows, _scratch);
        Pairs?.Take(index, column);
    }

    private static bool IsPlainText(DictionaryArray column) =>
        column.Indices is Int32Array && column.Dictionary is StringArray { NullCount: 0 } or BinaryArray { NullCount: 0 };

    private void TakeNulls(IArrowArray column)
    {
        var presence = new Presence(column);
        var words = (column.Length + 63) / 64;
        if (presence.Nulls == 0)
        {
            _scratch.AllNull.AsSpan(0, words).Clear();
            return;
        }

        for (var w = 0; w < words; w++)
        {
            var missing = presence.Missing(w);
            _scratch.AnyNull[w] |= missing;
            _scratch.AllNull[w] &= missing;
        }
    }

    private static long BytesOf(IArrowArray column) => column.Data.DataType switch
    {
        _ when column.Length == 0 => 0,
        StringType or BinaryType => (4L * column.Length) + ((BinaryArray)column).ValueOffsets[^1] - ((BinaryArray)column).ValueOffsets[0],
        DictionaryType => (4L * column.Length) + BytesOf(((DictionaryArray)column).Dictionary),
        FixedWidthType type => ((long)type.BitWidth * column.Length + 7) / 8,
        ListType => (4L * column.Length) + BytesOf(((ListArray)column).Values),
        StructType => ((StructArray)column).Fields.Sum(BytesOf),
        _ => 0,
    };

    private static long NowOf(ColumnShape shape, DateTimeOffset now)
    {
        var ticks = (Int128)(now.UtcTicks - DateTime.UnixEpoch.Ticks);
        var value = shape.Kind == ValueKind.Date ? ticks / TimeSpan.TicksPerDay : ticks * shape.Unit / TimeSpan.TicksPerSecond;
        return value > long.MaxValue ? long.MaxValue : (long)value;
    }
}
