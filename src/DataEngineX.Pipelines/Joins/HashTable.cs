using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>
/// Any keys: open addressing, where a slot holds half of the hash beside the row number, so that a wrong row is hardly ever looked at. The high
/// bits of the hash choose the slot, and of these the highest the range, in which a search stays.
/// </summary>
internal sealed unsafe class HashTable : JoinTable
{
    private const int LeastBits = 4;

    private readonly OutputBuffer<ulong> _hashes;
    private readonly OutputBuffer<ulong> _slots;
    private readonly ulong* _entries;
    private readonly int _shift;
    private readonly int _rangeBits;
    private readonly int _rangeMask;

    public HashTable(BuildKeys keys, int ranges, MemoryAllocator memory)
        : base(keys, memory)
    {
        var bits = Math.Max(LeastBits, 64 - BitOperations.LeadingZeroCount((ulong)Math.Max(1, keys.Rows) * 2 - 1));
        Ranges = (int)BitOperations.RoundUpToPowerOf2((uint)ranges);
        _shift = 64 - bits;
        _rangeBits = bits - BitOperations.Log2((uint)Ranges);
        _rangeMask = (1 << _rangeBits) - 1;
        _hashes = new OutputBuffer<ulong>(memory, keys.AddressRange);
        try
        {
            _slots = new OutputBuffer<ulong>(memory, 1 << bits);
        }
        catch
        {
            _hashes.Dispose();
            throw;
        }

        _entries = Address(_slots);
    }

    public override int Ranges { get; }

    /// <summary>Hashes the keys of a chunk; all chunks are hashed before the first range is filled.</summary>
    public void Hash(int chunk)
    {
        var rows = Keys.Chunks[chunk];
        RowHasher.Hash(rows.Columns, _hashes.Span.Slice(chunk << Keys.Shift, rows.Length));
    }

    /// <summary>Gives back what only filling needs.</summary>
    public void EndFill() => _hashes.Dispose();

    public override bool Fill(int range)
    {
        new Span<ulong>(_entries + ((long)range << _rangeBits), 1 << _rangeBits).Clear();
        var columns = Keys.Columns;
        return columns is [var only]
            ? only switch
            {
                { Physical: Physical.Variable } => Fill(range, new BytesPair(only, only)),
                { Physical: Physical.Float16 or Physical.Float32 or Physical.Float64 } => Fill(range, Many(columns)),
                { Width: 4 } => Fill(range, new FixedPair<uint>(only, only)),
                { Width: 8 } => Fill(range, new FixedPair<ulong>(only, only)),
                _ => Fill(range, Many(columns)),
            }
            : Fill(range, Many(columns));
    }

    protected override void FindAll(ProbeKeys probe, Span<int> heads)
    {
        using var rented = new Rented<ulong>(probe.Length);
        RowHasher.Hash(probe.Columns, rented.Span);
        var rows = new ChunkedColumn[Keys.Columns.Length];
        try
        {
            for (var k = 0; k < rows.Length; k++)
                rows[k] = new ChunkedColumn(probe.Columns[k].Data.DataType, [probe.Columns[k]], GatherLoops.OneChunk, Memory);
            Find(rows, rented.Span, heads);
        }
        finally
        {
            foreach (var row in rows)
                row?.Dispose();
        }
    }

    protected override void Release()
    {
        _hashes.Dispose();
        _slots.Dispose();
    }

    private static ManyPairs Many(ChunkedColumn[] columns) => new([.. columns.Select(c => new KeyCells(c, c))]);

    private void Find(ChunkedColumn[] rows, ReadOnlySpan<ulong> hashes, Span<int> heads)
    {
        if (rows is [var only])
        {
            switch (only)
            {
                case { Physical: Physical.Variable }:
                    Find(new BytesPair(only, Keys.Columns[0]), hashes, heads);
                    return;
                case { Physical: Physical.Float16 or Physical.Float32 or Physical.Float64 }:
                    break;
                case { Width: 4 }:
                    Find(new FixedPair<uint>(only, Keys.Columns[0]), hashes, heads);
                    return;
                case { Width: 8 }:
                    Find(new FixedPair<ulong>(only, Keys.Columns[0]), hashes, heads);
                    return;
            }
        }

        Find(new ManyPairs([.. rows.Select((r, k) => new KeyCells(r, Keys.Columns[k]))]), hashes, heads);
    }

    private bool Fill<TPair>(int range, TPair pair)
        where TPair : struct, IKeyPair
    {
        var hashes = Address(_hashes);
        var room = (1L << _rangeBits) - (1L << _rangeBits >> 3);
        for (var c = Keys.Chunks.Count - 1; c >= 0; c--)
        {
            var rows = Keys.Chunks[c];
            var valid = rows.Valid;
            for (var row = rows.Length - 1; row >= 0; row--)
            {
                var address = (c << Keys.Shift) + row;
                var slot = (long)(hashes[address] >> _shift);
                if (slot >> _rangeBits != range || (!valid.IsEmpty && ((valid[row >> 6] >> (row & 63)) & 1) == 0))
                    continue;
                if (Enter(slot, hashes[address], address, pair) && --room < 0 && Ranges > 1)
                    return false;
            }
        }

        return true;
    }

    /// <returns>Whether a slot was taken.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Enter<TPair>(long slot, ulong hash, int address, TPair pair)
        where TPair : struct, IKeyPair
    {
        while (true)
        {
            var entry = _entries[slot];
            if (entry == 0)
            {
                _entries[slot] = Entry(hash, address);
                return true;
            }

            if (entry >> 32 == (uint)hash && pair.AreEqual(address, RowOf(entry)))
            {
                Chain(address, RowOf(entry));
                _entries[slot] = Entry(hash, address);
                return false;
            }

            slot = After(slot);
        }
    }

    private void Find<TPair>(TPair pair, ReadOnlySpan<ulong> hashes, Span<int> heads)
        where TPair : struct, IKeyPair
    {
        var entries = _entries;
        for (var row = 0; row < heads.Length; row++)
        {
            var hash = hashes[row];
            var slot = (long)(hash >> _shift);
            var entry = entries[slot];
            while (entry != 0 && (entry >> 32 != (uint)hash || !pair.AreEqual(row, RowOf(entry))))
            {
                slot = After(slot);
                entry = entries[slot];
            }

            heads[row] = RowOf(entry);
        }
    }

    /// <summary>The low half is one more than the row, so that an empty slot gives -1.</summary>
    private static int RowOf(ulong entry) => (int)(uint)entry - 1;

    private static ulong Entry(ulong hash, int address) => ((ulong)(uint)hash << 32) | (uint)(address + 1);

    private long After(long slot) => (slot & ~(long)_rangeMask) | ((slot + 1) & _rangeMask);
}
