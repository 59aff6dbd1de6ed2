using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DataEngineX.ML.Internal;

/// <summary>Writes vectors of one size as a fixed-size list; sparse vectors are filled out.</summary>
internal sealed class VectorWriter<T>(
    ValueGetter<VBuffer<T>> getter,
    object items,
    Action<object, T> append,
    Func<object, MemoryAllocator?, IArrowArray> build,
    int size,
    IArrowType itemType) : ColumnWriter
{
    private VBuffer<T> _value;
    private int _rows;

    public override bool IsNullable => false;

    public override void Append()
    {
        getter(ref _value);
        foreach (var item in _value.DenseValues())
            append(items, item);
        _rows++;
    }

    public override IArrowArray Build(MemoryAllocator? allocator)
    {
        var child = build(items, allocator);
        var type = new FixedSizeListType(new Field("item", itemType, true), size);
        return new FixedSizeListArray(type, _rows, child, ArrowBuffer.Empty);
    }
}

/// <summary>Writes keys with text values as dictionary-encoded text.</summary>
internal sealed class KeyWriter(ValueGetter<uint> getter, VBuffer<ReadOnlyMemory<char>> words) : ColumnWriter
{
    private readonly Int32Array.Builder _indices = new();
    private uint _value;

    public override bool IsNullable => true;

    public override void Append()
    {
        getter(ref _value);
        if (_value == 0)
            _indices.AppendNull();
        else
            _indices.Append((int)_value - 1);
    }

    public override IArrowArray Build(MemoryAllocator? allocator)
    {
        var dictionary = new StringArray.Builder();
        foreach (var word in words.DenseValues())
            dictionary.Append(word.ToString());
        return new DictionaryArray(
            new DictionaryType(Int32Type.Default, StringType.Default, false), _indices.Build(allocator), dictionary.Build(allocator));
    }
}
