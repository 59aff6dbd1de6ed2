using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>What is known of whole rows.</summary>
internal sealed class TableState(bool countsDuplicates)
{
    private const int MostRows = 16_384;
    private HashSet<ulong> _rows = [];
    private HyperLogLog? _distinct;

    public bool CountsDuplicates { get; private set; } = countsDuplicates;

    public long Rows { get; private set; }

    public long Bytes { get; private set; }

    public long RowsWithNull { get; private set; }

    public long RowsOfNulls { get; private set; }

    public bool IsExact => _distinct is null;

    public double Distinct => _distinct?.Estimate ?? _rows.Count;

    /// <param name="batch">The rows.</param>
    /// <param name="hashes">Their hashes; empty when duplicates are not counted.</param>
    /// <param name="scratch">Which rows have nulls.</param>
    /// <param name="bytes">Their size.</param>
    public void Add(RecordBatch batch, ReadOnlySpan<ulong> hashes, Scratch scratch, long bytes)
    {
        Rows += batch.Length;
        Bytes += bytes;
        var words = (batch.Length + 63) / 64;
        RowsWithNull += Presence.CountOf(scratch.AnyNull.AsSpan(0, words));
        RowsOfNulls += Presence.CountOf(scratch.AllNull.AsSpan(0, words));
        if (CountsDuplicates)
            Add(hashes);
    }

    public void Merge(TableState other)
    {
        Rows += other.Rows;
        Bytes += other.Bytes;
        RowsWithNull += other.RowsWithNull;
        RowsOfNulls += other.RowsOfNulls;
        CountsDuplicates &= other.CountsDuplicates;
        if (other._distinct is null)
        {
            foreach (var hash in other._rows)
                AddOne(hash);
            return;
        }

        Settle();
        _distinct!.Merge(other._distinct);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(CountsDuplicates);
        writer.Write(Rows);
        writer.Write(Bytes);
        writer.Write(RowsWithNull);
        writer.Write(RowsOfNulls);
        writer.Write(_distinct is not null);
        if (_distinct is not null)
        {
            _distinct.Save(writer);
            return;
        }

        writer.Write7BitEncodedInt(_rows.Count);
        foreach (var hash in _rows.Order())
            writer.Write(hash);
    }

    public static TableState Load(BinaryReader reader)
    {
        var state = new TableState(reader.ReadBoolean())
        {
            Rows = StateFormat.Count(reader),
            Bytes = StateFormat.Count(reader),
            RowsWithNull = StateFormat.Count(reader),
            RowsOfNulls = StateFormat.Count(reader),
        };
        if (reader.ReadBoolean())
        {
            state._distinct = HyperLogLog.Load(reader);
            return state;
        }

        var rows = StateFormat.Length(reader, MostRows);
        for (var i = 0; i < rows; i++)
            state._rows.Add(reader.ReadUInt64());
        return state;
    }

    private void Add(ReadOnlySpan<ulong> hashes)
    {
        // The hash of a row is no good one by itself: its upper bits depend on few columns.
        foreach (var hash in hashes)
            AddOne(HashMix.Of(hash));
    }

    private void AddOne(ulong hash)
    {
        if (_distinct is not null)
        {
            _distinct.Add(hash);
            return;
        }

        _rows.Add(hash);
        if (_rows.Count > MostRows)
            Settle();
    }

    private void Settle()
    {
        if (_distinct is not null)
            return;
        _distinct = new HyperLogLog();
        foreach (var hash in _rows)
            _distinct.Add(hash);
        _rows = [];
    }
}
