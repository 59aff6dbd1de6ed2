using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>One key column of a <see cref="GroupIndex"/>: the distinct keys in the order of their ids.</summary>
internal abstract class KeyStore : IDisposable
{
    /// <summary>Equal hashes of values mean equal values, so values need no second look.</summary>
    public virtual bool HashIsKey => false;

    public static KeyStore Create(IArrowType type, MemoryAllocator allocator) => PhysicalTypes.Of(type) switch
    {
        Physical.Null => new NullKeyStore(),
        Physical.Bit => new BitKeyStore(allocator),
        Physical.Variable => new BytesKeyStore(type, allocator),
        _ => PhysicalTypes.Dispatch<FixedAction, KeyStore>(
            nameof(GroupIndex), type, new FixedAction { Type = type, Allocator = allocator }),
    };

    /// <summary>Adds the keys of rows.</summary>
    public abstract void Append(ArrayData data, ReadOnlySpan<int> rows);

    /// <summary>
    /// Of the first <paramref name="count"/> rows, moves those whose key equals that of their group to the front and adds the others
    /// to <paramref name="misses"/>; returns how many are equal.
    /// </summary>
    public abstract int Keep(ArrayData data, Span<int> rows, int count, ReadOnlySpan<int> groupIds, Span<int> misses, ref int missCount);

    /// <summary>Whether the key of one row equals that of a group.</summary>
    public abstract bool EqualsRow(ArrayData data, int row, int id);

    /// <summary>A column with a copy of all keys.</summary>
    public abstract IArrowArray Build(int count, MemoryAllocator allocator);

    public abstract void Dispose();

    private struct FixedAction : IFixedAction<KeyStore>
    {
        public required IArrowType Type;
        public required MemoryAllocator Allocator;

        public readonly KeyStore Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new FixedKeyStore<T>(Type, Allocator);
    }
}
