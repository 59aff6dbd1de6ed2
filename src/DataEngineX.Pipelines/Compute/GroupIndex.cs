using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// An incremental hash map from key rows to dense numbers: 0 for the first distinct key, 1 for the second, and so on. Membership, uniqueness and
/// distinct counts are built on it.
/// </summary>
/// <remarks>
/// A key is one row over all key columns; null equals null, -0.0 equals 0.0, NaN equals NaN. Keys are kept packed in memory of the
/// allocator, which <see cref="Dispose"/> gives back. Not thread-safe, but <see cref="Find"/> may be called from several threads while no key is added.
/// </remarks>
[Experimental("DEX0001")]
public sealed class GroupIndex : IDisposable
{
    private readonly IArrowType[] _types;
    private readonly MemoryAllocator _allocator;
    private readonly KeyTable _table;

    /// <summary>Makes an empty index.</summary>
    /// <param name="keyTypes">Types of the key columns; none at all makes every row the one same key. Dictionary columns are decoded.</param>
    /// <param name="allocator">Where keys and hash table are allocated.</param>
    /// <exception cref="NotSupportedException">Keys of a type are not supported.</exception>
    public GroupIndex(IReadOnlyList<IArrowType> keyTypes, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(keyTypes);
        ArgumentNullException.ThrowIfNull(allocator);
        _allocator = allocator;
        _types = PlainTypes(keyTypes);
        _table = new KeyTable(_types, allocator);
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
        _table.Map(plain.Columns, groupIds);
    }

    /// <summary>Looks the keys of a batch up without adding any.</summary>
    /// <param name="keys">One column a key type, borrowed.</param>
    /// <param name="groupIds">Receives the number of each row's key, or -1 where there is no such key; as long as the columns.</param>
    /// <exception cref="ArgumentException">Number, types or lengths of the columns differ from what is expected.</exception>
    public void Find(IReadOnlyList<IArrowArray> keys, Span<int> groupIds)
    {
        using var plain = new PlainColumns(keys, _types, groupIds.Length, _allocator);
        _table.Find(plain.Columns, groupIds);
    }

    /// <summary>Copies the distinct keys out, in the order of their numbers.</summary>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One column a key type, each of <see cref="Count"/> rows, owned by the caller.</returns>
    public IArrowArray[] BuildKeys(MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(allocator);
        return _table.Build(0, Count, allocator);
    }

    /// <summary>Gives the memory of keys and table back.</summary>
    public void Dispose() => _table.Dispose();

    /// <summary>The types that keys of columns have; values of dictionaries count as such.</summary>
    internal static IArrowType[] PlainTypes(IReadOnlyList<IArrowType> keyTypes)
    {
        var types = new IArrowType[keyTypes.Count];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = keyTypes[i] is DictionaryType dictionary ? dictionary.ValueType : keyTypes[i];
            if (PhysicalTypes.Of(types[i]) is Physical.Other or Physical.List or Physical.Struct or Physical.Dictionary or Physical.Bytes)
            {
                throw Guard.Unsupported(nameof(GroupIndex), types[i]);
            }
        }

        return types;
    }
}
