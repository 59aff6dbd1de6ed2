using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// An incremental hash map from key rows to dense numbers: 0 for the first distinct key, 1 for the second, and so on. Grouping,
/// distinct, hash joins and uniqueness are built on it.
/// </summary>
/// <remarks>
/// A key is one row over all key columns; null equals null, -0.0 equals 0.0, NaN equals NaN. Keys are kept column by column in
/// memory of the allocator, which <see cref="Dispose"/> gives back. Not thread-safe.
/// </remarks>
[Experimental("DEX0001")]
public sealed class GroupIndex : IDisposable
{
    private readonly IArrowType[] _types;
    private readonly MemoryAllocator _allocator;
    private readonly KeyStore[] _stores;
    private readonly SlotTable _table;
    private bool _sawNull;

    /// <summary>Makes an empty index.</summary>
    /// <param name="keyTypes">Types of the key columns; none at all makes every row the one same key. Dictionary columns are decoded.</param>
    /// <param name="allocator">Where keys and hash table are allocated.</param>
    /// <exception cref="NotSupportedException">Keys of a type are not supported.</exception>
    public GroupIndex(IReadOnlyList<IArrowType> keyTypes, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(keyTypes);
        ArgumentNullException.ThrowIfNull(allocator);
        _allocator = allocator;
        _types = new IArrowType[keyTypes.Count];
        for (int i = 0; i < _types.Length; i++)
        {
            _types[i] = keyTypes[i] is DictionaryType dictionary ? dictionary.ValueType : keyTypes[i];
            if (PhysicalTypes.Of(_types[i]) is Physical.Other or Physical.List or Physical.Struct or Physical.Dictionary)
            {
                throw Guard.Unsupported(nameof(GroupIndex), _types[i]);
            }
        }

        _stores = new KeyStore[_types.Length];
        try
        {
            for (int i = 0; i < _types.Length; i++)
            {
                _stores[i] = KeyStore.Create(_types[i], allocator);
            }

            _table = new SlotTable(allocator);
        }
        catch
        {
            // The budget may run out half-way: what was taken goes back.
            foreach (KeyStore? store in _stores)
            {
                store?.Dispose();
            }

            throw;
        }
    }

    /// <summary>Number of distinct keys.</summary>
    public int Count => _table.Count;

    /// <summary>Numbers the keys of a batch, adding those that are new.</summary>
    /// <param name="keys">One column a key type, borrowed.</param>
    /// <param name="groupIds">Receives the number of each row's key; as long as the columns.</param>
    /// <exception cref="ArgumentException">Number, types or lengths of the columns differ from what is expected.</exception>
    public void Map(IReadOnlyList<IArrowArray> keys, Span<int> groupIds)
    {
        using var plain = new PlainColumns(keys, _types, groupIds.Length, _allocator);
        int rows = groupIds.Length;
        using var hashes = new Rented<ulong>(rows);
        using var added = new Rented<int>(rows);
        using var matched = new Rented<int>(rows);
        RowHasher.Hash(plain.Columns, hashes.Span);
        _sawNull |= plain.AnyNull;
        (int addedCount, int matchedCount) = _table.Insert(hashes.Span, groupIds, added.Span, matched.Span);
        Append(plain, added.Span[..addedCount]);
        if (!NeedsVerification(plain))
        {
            return;
        }

        using var misses = new Rented<int>(matchedCount);
        int missCount = Verify(plain, matched.Span, matchedCount, groupIds, misses.Span);
        for (int i = 0; i < missCount; i++)
        {
            int row = misses.Span[i];
            ulong hash = hashes.Span[row];
            int id = Probe(plain, hash, row);
            if (id < 0)
            {
                id = _table.Add(hash);
                Append(plain, [row]);
            }

            groupIds[row] = id;
        }
    }

    /// <summary>Looks the keys of a batch up without adding any.</summary>
    /// <param name="keys">One column a key type, borrowed.</param>
    /// <param name="groupIds">Receives the number of each row's key, or -1 where there is no such key; as long as the columns.</param>
    /// <exception cref="ArgumentException">Number, types or lengths of the columns differ from what is expected.</exception>
    public void Find(IReadOnlyList<IArrowArray> keys, Span<int> groupIds)
    {
        using var plain = new PlainColumns(keys, _types, groupIds.Length, _allocator);
        using var hashes = new Rented<ulong>(groupIds.Length);
        using var matched = new Rented<int>(groupIds.Length);
        RowHasher.Hash(plain.Columns, hashes.Span);
        int matchedCount = _table.Find(hashes.Span, groupIds, matched.Span);
        if (!NeedsVerification(plain))
        {
            return;
        }

        using var misses = new Rented<int>(matchedCount);
        int missCount = Verify(plain, matched.Span, matchedCount, groupIds, misses.Span);
        for (int i = 0; i < missCount; i++)
        {
            int row = misses.Span[i];
            groupIds[row] = Probe(plain, hashes.Span[row], row);
        }
    }

    /// <summary>Copies the distinct keys out, in the order of their numbers.</summary>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One column a key type, each of <see cref="Count"/> rows, owned by the caller.</returns>
    public IArrowArray[] BuildKeys(MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(allocator);
        var columns = new IArrowArray[_stores.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = _stores[i].Build(Count, allocator);
        }

        return columns;
    }

    /// <summary>Gives the memory of keys and table back.</summary>
    public void Dispose()
    {
        _table.Dispose();
        foreach (KeyStore store in _stores)
        {
            store.Dispose();
        }
    }

    /// <summary>Hashes alone decide for one narrow column, unless a null's hash could meet that of a value.</summary>
    private bool NeedsVerification(PlainColumns keys) =>
        _stores.Length > 1 || (_stores.Length == 1 && (!_stores[0].HashIsKey || _sawNull || keys.AnyNull));

    private void Append(PlainColumns keys, ReadOnlySpan<int> rows)
    {
        for (int c = 0; c < _stores.Length; c++)
        {
            _stores[c].Append(keys.Columns[c].Data, rows);
        }
    }

    /// <summary>Compares whole columns at a time; rows whose hash met that of another key are left over.</summary>
    private int Verify(PlainColumns keys, Span<int> rows, int count, ReadOnlySpan<int> groupIds, Span<int> misses)
    {
        int missCount = 0;
        for (int c = 0; c < _stores.Length; c++)
        {
            count = _stores[c].Keep(keys.Columns[c].Data, rows, count, groupIds, misses, ref missCount);
        }

        return missCount;
    }

    private int Probe(PlainColumns keys, ulong hash, int row)
    {
        long position = 0;
        while (true)
        {
            int id = _table.Next(hash, ref position);
            bool equal = true;
            for (int c = 0; id >= 0 && equal && c < _stores.Length; c++)
            {
                equal = _stores[c].EqualsRow(keys.Columns[c].Data, row, id);
            }

            if (id < 0 || equal)
            {
                return id;
            }
        }
    }
}
