using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// Distinct keys, numbered by first appearance. Keys are packed (<see cref="KeyLayout"/>) and looked up a chunk of rows at a time: pack all, hash
/// all, find all, then compare all, so that cache misses of neighbouring rows overlap.
/// </summary>
internal sealed class KeyTable : IDisposable
{
    /// <summary>Rows packed and looked up at a time: what is between the steps stays in the nearest caches.</summary>
    public const int ChunkRows = 2048;

    private readonly MemoryAllocator _allocator;
    private readonly int _expected;
    private readonly LongTexts?[] _longTexts;
    private readonly KeySlots _slots;
    private OutputBuffer<ulong> _keys;
    private DirectKeys? _direct;

    /// <param name="types">The types of the key columns.</param>
    /// <param name="allocator">Where keys and slots lie.</param>
    /// <param name="expected">Keys for which room is made at once. <value>Default: 0, room grows by doubling.</value></param>
    public KeyTable(IArrowType[] types, MemoryAllocator allocator, int expected = 0)
    {
        _expected = expected;
        _allocator = allocator;
        Layout = KeyLayout.Create(types);
        _longTexts = new LongTexts?[types.Length];
        _slots = new KeySlots(allocator);
        try
        {
            _keys = new OutputBuffer<ulong>(allocator, 0);
            _direct = DirectKeys.TryCreate(types, allocator);
            if (_direct is null && expected > 0)
                _slots.Restart(expected);
        }
        catch
        {
            // The budget may run out half-way: what was taken goes back.
            _keys?.Dispose();
            _slots.Dispose();
            throw;
        }
    }

    public KeyLayout Layout { get; private set; }

    /// <summary>Number of distinct keys.</summary>
    public int Count { get; private set; }

    /// <summary>The packed keys by number.</summary>
    public ReadOnlySpan<ulong> Keys => _keys.Span[..(Count * Layout.Words)];

    /// <summary>The long texts of a key column, where there are any.</summary>
    public LongTexts? TextsOf(int column) => _longTexts[column];

    /// <summary>Numbers the keys of rows, adding those that are new.</summary>
    public void Map(IReadOnlyList<IArrowArray> columns, Span<int> ids)
    {
        Widen(KeyEncoder.Fit(Layout, columns));
        if (MapDirect(columns, ids))
            return;
        using var room = new Rented<ulong>(Math.Min(ids.Length, ChunkRows) * Layout.Words);
        for (var start = 0; start < ids.Length; start += ChunkRows)
        {
            var count = Math.Min(ChunkRows, ids.Length - start);
            var rows = room.Span[..(count * Layout.Words)];
            KeyEncoder.Encode(Layout, columns, start, count, rows);
            MapChunk(new KeyChunk(Layout, rows, columns, start), ids.Slice(start, count));
        }
    }

    /// <summary>Numbers keys that are packed already, adding those that are new.</summary>
    public void Map(in KeyChunk packed, Span<int> ids)
    {
        DropDirect();
        Widen(Layout.Union(packed.Layout));
        var isSame = packed.Layout.IsSame(Layout);
        using var room = new Rented<ulong>(isSame ? 0 : Math.Min(ids.Length, ChunkRows) * Layout.Words);
        for (var start = 0; start < ids.Length; start += ChunkRows)
        {
            var count = Math.Min(ChunkRows, ids.Length - start);
            var rows = packed.Rows.Slice(start * packed.Layout.Words, count * packed.Layout.Words);
            if (!isSame)
            {
                var wider = room.Span[..(count * Layout.Words)];
                packed.Layout.Convert(rows, Layout, wider);
                rows = wider;
            }

            MapChunk(new KeyChunk(Layout, rows, packed.Texts, packed.Start + start), ids.Slice(start, count));
        }
    }

    /// <summary>The numbers of keys, or -1 where there is no such key. Nothing changes, so several threads may ask at once.</summary>
    public void Find(IReadOnlyList<IArrowArray> columns, Span<int> ids)
    {
        if (_direct is not null)
        {
            _direct.Find(columns[0].Data, ids);
            return;
        }

        var wider = KeyEncoder.Fit(Layout, columns);
        var chunkRows = Math.Min(ids.Length, ChunkRows);
        using var room = new Rented<ulong>(chunkRows * wider.Words);
        using var hashRoom = new Rented<ulong>(chunkRows);
        using var missRoom = new Rented<int>(chunkRows);
        for (var start = 0; start < ids.Length; start += ChunkRows)
        {
            var count = Math.Min(ChunkRows, ids.Length - start);
            var rows = room.Span[..(count * wider.Words)];
            var hashes = hashRoom.Span[..count];
            var found = ids.Slice(start, count);
            KeyEncoder.Encode(wider, columns, start, count, rows);
            KeyHash.Hash(rows, wider, hashes);
            _slots.Find(hashes, found);
            if (!ReferenceEquals(wider, Layout))
                rows = wider.Narrow(rows, Layout, found);
            var chunk = new KeyChunk(Layout, rows, columns, start);
            var missed = KeyComparer.Compare(this, chunk, found, missRoom.Span);
            foreach (var row in missRoom.Span[..missed])
                found[row] = Probe(chunk, row, hashes[row]);
        }
    }

    /// <summary>Makes room for wider keys.</summary>
    public void Widen(KeyLayout wider)
    {
        if (wider.IsSame(Layout))
            return;
        var keys = new OutputBuffer<ulong>(_allocator, checked(Count * wider.Words));
        Layout.Convert(Keys, wider, keys.Span);
        _keys.Dispose();
        _keys = keys;
        Layout = wider;
    }

    /// <summary>Copies keys out.</summary>
    public IArrowArray[] Build(int start, int count, MemoryAllocator allocator) => KeyDecoder.Build(this, start, count, allocator);

    public void Dispose()
    {
        _slots.Dispose();
        _keys.Dispose();
        _direct?.Dispose();
        foreach (var texts in _longTexts)
            texts?.Dispose();
    }

    private bool MapDirect(IReadOnlyList<IArrowArray> columns, Span<int> ids)
    {
        if (_direct is null)
            return false;
        using var addedRoom = new Rented<int>(ids.Length);
        var added = _direct.TryMap(columns[0].Data, ids, addedRoom.Span, Count);
        if (added < 0)
        {
            DropDirect();
            return false;
        }

        using var room = new Rented<ulong>(Layout.Words);
        foreach (var row in addedRoom.Span[..added])
        {
            KeyEncoder.Encode(Layout, columns, row, 1, room.Span);
            Append(new KeyChunk(Layout, room.Span, columns, row), [0]);
        }

        return true;
    }

    private void MapChunk(in KeyChunk chunk, Span<int> ids)
    {
        using var hashRoom = new Rented<ulong>(ids.Length);
        using var rowRoom = new Rented<int>(ids.Length);
        var hashes = hashRoom.Span;
        KeyHash.Hash(chunk.Rows, Layout, hashes);
        if (_slots.NeedsRoom(ids.Length))
            Rehash(checked(Count + Math.Max(Count, ids.Length)));
        var added = _slots.Insert(hashes, ids, rowRoom.Span);
        Append(chunk, rowRoom.Span[..added]);
        var missed = KeyComparer.Compare(this, chunk, ids, rowRoom.Span);
        foreach (var row in rowRoom.Span[..missed])
        {
            ids[row] = Probe(chunk, row, hashes[row]);
            if (ids[row] >= 0)
                continue;
            ids[row] = _slots.Add(hashes[row]);
            Append(chunk, [row]);
        }
    }

    /// <summary>Looks at all keys whose slot agrees with a hash, not only at the first.</summary>
    private int Probe(in KeyChunk chunk, int row, ulong hash)
    {
        var position = 0;
        while (true)
        {
            var id = _slots.Next(hash, ref position);
            if (id < 0 || KeyComparer.AreEqual(this, chunk, row, id))
                return id;
        }
    }

    private void Append(in KeyChunk chunk, ReadOnlySpan<int> rows)
    {
        if (rows.IsEmpty)
            return;
        var words = Layout.Words;
        if (Count == 0)
            _keys.Reserve(checked(_expected * words));
        _keys.Extend(checked((Count + rows.Length) * words));
        // No bounds checks: rows are rows of the chunk, and room was just made for as many keys.
        ref var source = ref MemoryMarshal.GetReference(chunk.Rows);
        ref var target = ref Unsafe.Add(ref MemoryMarshal.GetReference(_keys.Span), Count * words);
        foreach (var row in rows)
        {
            ref var from = ref Unsafe.Add(ref source, row * words);
            for (var w = 0; w < words; w++)
                Unsafe.Add(ref target, w) = Unsafe.Add(ref from, w);
            target = ref Unsafe.Add(ref target, words);
        }

        for (var c = 0; c < _longTexts.Length; c++)
        {
            if (chunk.AnyLong(c))
                AppendTexts(chunk, rows, c);
        }

        Count += rows.Length;
    }

    private void AppendTexts(in KeyChunk chunk, ReadOnlySpan<int> rows, int column)
    {
        var texts = _longTexts[column] ??= new LongTexts(_allocator);
        for (var i = 0; i < rows.Length; i++)
        {
            if (KeyText.IsLong(chunk[rows[i]][Layout.Fields[column].Word]))
                texts.Add(Count + i, chunk.Text(column, rows[i]));
        }
    }

    private void DropDirect()
    {
        if (_direct is null)
            return;
        _direct.Dispose();
        _direct = null;
        Rehash(Count);
    }

    /// <summary>Gives the slots room and fills them from the keys.</summary>
    private void Rehash(int room)
    {
        _slots.Restart(room);
        using var hashRoom = new Rented<ulong>(Math.Min(Count, ChunkRows));
        for (var start = 0; start < Count; start += ChunkRows)
        {
            var hashes = hashRoom.Span[..Math.Min(ChunkRows, Count - start)];
            KeyHash.Hash(_keys.Span.Slice(start * Layout.Words, hashes.Length * Layout.Words), Layout, hashes);
            _slots.AddAll(hashes);
        }
    }
}
