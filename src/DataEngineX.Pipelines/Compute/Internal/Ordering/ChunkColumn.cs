using System.Buffers;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// One column of several chunks of rows, as addresses: rows of any chunk are read at random without asking the owner of the memory each time.
/// Buffers stay pinned until disposal; whoever made this keeps them alive.
/// </summary>
internal sealed unsafe class ChunkColumn : IDisposable
{
    private readonly MemoryHandle[] _pins;
    private readonly int _width;

    public ChunkColumn(IArrowType type, int chunks)
    {
        Type = type;
        Physical = PhysicalTypes.Of(type is DictionaryType dictionary ? dictionary.IndexType : type);
        _width = PhysicalTypes.IsFixed(Physical) ? ((FixedWidthType)(type is DictionaryType d ? d.IndexType : type)).BitWidth / 8 : 0;
        _pins = new MemoryHandle[chunks * 3];
        Values = new nint[chunks];
        Bytes = new nint[chunks];
        BytesEnds = new nint[chunks];
        Validity = new nint[chunks];
        Starts = new int[chunks];
        if (type is DictionaryType { ValueType: { } valueType })
        {
            Dictionary = new ChunkColumn(valueType, chunks);
        }
    }

    public IArrowType Type { get; }

    /// <summary>How values lie in memory; of a dictionary column the indices.</summary>
    public Physical Physical { get; }

    /// <summary>The first value of each chunk: a fixed-width value, an index, an offset; of a bit column the first byte of its bitmap.</summary>
    public nint[] Values { get; }

    /// <summary>The bytes of a variable-width column, and their ends.</summary>
    public nint[] Bytes { get; }

    public nint[] BytesEnds { get; }

    /// <summary>The bitmap of a chunk; zero where there are no nulls.</summary>
    public nint[] Validity { get; }

    /// <summary>The first bit of a chunk in its bitmaps.</summary>
    public int[] Starts { get; }

    /// <summary>The values of a dictionary column.</summary>
    public ChunkColumn? Dictionary { get; }

    public bool HasNulls { get; private set; }

    /// <summary>Points a chunk at the rows of an array from <paramref name="start"/> on.</summary>
    public void Set(int chunk, ArrayData data, int start)
    {
        Release(chunk);
        bool allNull = data.DataType.TypeId == ArrowTypeId.Null;
        HasNulls |= allNull || data.GetNullCount() != 0;
        Starts[chunk] = data.Offset + start;
        Validity[chunk] = allNull || data.GetNullCount() == 0 || data.Buffers[0].IsEmpty ? 0 : Pin(chunk, 0, data.Buffers[0]);
        if (data.Buffers.Length < 2 || Physical is Physical.List or Physical.Struct or Physical.Bytes or Physical.Other)
        {
            return;
        }

        nint values = Pin(chunk, 1, data.Buffers[1]);
        Values[chunk] = Physical switch
        {
            Physical.Bit => values,
            Physical.Variable => values + ((nint)Starts[chunk] * sizeof(int)),
            _ => values + ((nint)Starts[chunk] * _width),
        };
        if (Physical == Physical.Variable)
        {
            Bytes[chunk] = Pin(chunk, 2, data.Buffers[2]);
            BytesEnds[chunk] = Bytes[chunk] + data.Buffers[2].Length;
        }

        Dictionary?.Set(chunk, data.Dictionary, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsValid(int chunk, int row)
    {
        nint bitmap = Validity[chunk];
        int bit = Starts[chunk] + row;
        return bitmap == 0 ? Physical != Physical.Null : ((((byte*)bitmap)[bit >> 3] >> (bit & 7)) & 1) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Bit(int chunk, int row)
    {
        int bit = Starts[chunk] + row;
        return ((((byte*)Values[chunk])[bit >> 3] >> (bit & 7)) & 1) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(int chunk, int row)
        where T : unmanaged => ((T*)Values[chunk])[row];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Text(int chunk, int row)
    {
        int* offsets = (int*)Values[chunk] + row;
        return new ReadOnlySpan<byte>((byte*)Bytes[chunk] + offsets[0], offsets[1] - offsets[0]);
    }

    /// <summary>Where a row of a dictionary column points.</summary>
    public int Index(int chunk, int row) => Physical switch
    {
        Physical.Int8 => Value<sbyte>(chunk, row),
        Physical.Int16 => Value<short>(chunk, row),
        Physical.UInt8 => Value<byte>(chunk, row),
        Physical.UInt16 => Value<ushort>(chunk, row),
        Physical.Int64 or Physical.UInt64 => (int)Value<long>(chunk, row),
        _ => Value<int>(chunk, row),
    };

    public void Dispose()
    {
        for (int chunk = 0; chunk < Values.Length; chunk++)
        {
            Release(chunk);
        }

        Dictionary?.Dispose();
    }

    private nint Pin(int chunk, int buffer, ArrowBuffer memory)
    {
        ref MemoryHandle pin = ref _pins[(chunk * 3) + buffer];
        pin = memory.Memory.Pin();
        return (nint)pin.Pointer;
    }

    private void Release(int chunk)
    {
        for (int buffer = 0; buffer < 3; buffer++)
        {
            _pins[(chunk * 3) + buffer].Dispose();
            _pins[(chunk * 3) + buffer] = default;
        }
    }
}
