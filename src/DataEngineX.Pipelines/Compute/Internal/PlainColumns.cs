using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Key columns checked against their types, with dictionary columns decoded.</summary>
internal sealed class PlainColumns : IDisposable
{
    private readonly List<IArrowArray> _decoded = [];

    public PlainColumns(IReadOnlyList<IArrowArray> keys, IArrowType[] types, int length, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count != types.Length)
        {
            throw new ArgumentException($"The index has {types.Length} key columns, but got {keys.Count}.", nameof(keys));
        }

        var columns = new IArrowArray[types.Length];
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c] = keys[c];
            IArrowType type = keys[c].Data.DataType is DictionaryType dictionary ? dictionary.ValueType : keys[c].Data.DataType;
            Guard.SameType(nameof(GroupIndex), types[c], type);
            Guard.SameLength(nameof(GroupIndex), length, keys[c].Length);
            AnyNull |= keys[c].NullCount != 0;
        }

        Columns = columns;
        for (int c = 0; c < columns.Length; c++)
        {
            if (columns[c].Data.DataType is DictionaryType)
            {
                columns[c] = Dictionaries.Decode(columns[c], allocator);
                _decoded.Add(columns[c]);
                AnyNull |= columns[c].NullCount != 0;
            }
        }
    }

    public IReadOnlyList<IArrowArray> Columns { get; }

    public bool AnyNull { get; }

    public void Dispose()
    {
        foreach (IArrowArray array in _decoded)
        {
            array.Dispose();
        }
    }
}
