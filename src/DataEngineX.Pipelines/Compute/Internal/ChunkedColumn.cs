using System.Buffers;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// One column of many batches, held in place so that its rows are reached by pointer. A row number has the chunk in its high bits and the row in
/// the chunk in its low ones. Borrows the arrays, which must outlive it.
/// </summary>
internal sealed unsafe class ChunkedColumn : IDisposable
{
    private readonly IArrowType _type;
    private readonly List<MemoryHandle> _pins = [];
    private readonly bool _anyNull;
    private readonly IArrowArray? _nested;
    private readonly int[]? _starts;
    private nint* _values;

    public ChunkedColumn(IArrowType type, IReadOnlyList<IArrowArray> chunks, int shift, MemoryAllocator allocator)
    {
        _type = type;
        Shift = chunks.Count <= 1 ? GatherLoops.OneChunk : shift;
        Physical = PhysicalTypes.Of(type);
        Width = type is FixedWidthType { BitWidth: >= 8 } fixedWidth ? fixedWidth.BitWidth / 8 : 0;
        var count = Math.Max(1, chunks.Count);
        _values = (nint*)NativeMemory.AllocZeroed((nuint)count * 4, (nuint)sizeof(nint));
        Offsets = _values + count;
        Validity = Offsets + count;
        BitOffsets = (int*)(Validity + count);
        if (Physical is Physical.List or Physical.Struct or Physical.Dictionary)
        {
            _starts = Starts(chunks);
            _nested = chunks.Count == 0 ? null : Concatenation.Concat(chunks, allocator);
            return;
        }

        for (var c = 0; c < chunks.Count; c++)
        {
            ArrayData data = chunks[c].Data;
            _anyNull |= data.GetNullCount() != 0;
            Hold(c, data);
        }
    }

    public Physical Physical { get; }

    /// <summary>The bytes of a value; 0 where values have no width of whole bytes.</summary>
    public int Width { get; }

    public int Shift { get; }

    /// <summary>Where each chunk's values start: numbers, text bytes, or bits.</summary>
    public nint* Values => _values;

    public nint* Offsets { get; }

    /// <summary>Each chunk's bitmap, or null where it has no nulls.</summary>
    public nint* Validity { get; }

    /// <summary>The first bit of each chunk, in its bitmap and in bit values.</summary>
    public int* BitOffsets { get; }

    public IArrowArray Take(RowPicks picks, MemoryAllocator allocator)
    {
        if (_starts is not null)
        {
            return TakeNested(picks, allocator);
        }

        if (Physical == Physical.Null)
        {
            return new NullArray(picks.Count);
        }

        using OutputBuffer<ulong>? validity = TakeValidity(picks, allocator);
        switch (Physical)
        {
            case Physical.Variable:
                return Gather.BytesOf(_type, Offsets, _values, Shift, picks, validity, allocator);
            case Physical.Bit:
                using (var bits = new OutputBuffer<ulong>(allocator, Bits.WordsFor(picks.Count)))
                {
                    TakeBits(_values, picks, bits.Span);
                    return Assemble.Boolean(picks.Count, validity, bits);
                }

            default:
                if (Width == 0)
                {
                    throw Guard.Unsupported(nameof(Selection.Take), _type);
                }

                using (var values = new OutputBuffer<byte>(allocator, checked(picks.Count * Width)))
                {
                    fixed (byte* target = values.Span)
                    {
                        GatherLoops.Fixed(Width, _values, Shift, picks, target);
                    }

                    return Assemble.Fixed(_type, picks.Count, validity, values);
                }
        }
    }

    public void Dispose()
    {
        foreach (MemoryHandle pin in _pins)
        {
            pin.Dispose();
        }

        _pins.Clear();
        _nested?.Dispose();
        NativeMemory.Free(_values);
        _values = null;
    }

    private static int[] Starts(IReadOnlyList<IArrowArray> chunks)
    {
        var starts = new int[chunks.Count];
        for (var c = 1; c < starts.Length; c++)
        {
            starts[c] = checked(starts[c - 1] + chunks[c - 1].Length);
        }

        return starts;
    }

    private void Hold(int chunk, ArrayData data)
    {
        if (Physical == Physical.Null)
        {
            return;
        }

        BitOffsets[chunk] = data.Offset;
        if (data.GetNullCount() != 0 && !data.Buffers[0].IsEmpty)
        {
            Validity[chunk] = Pin(data.Buffers[0]);
        }

        if (Physical == Physical.Variable)
        {
            Offsets[chunk] = data.Length == 0 ? 0 : Pin(data.Buffers[1]) + (data.Offset * sizeof(int));
            _values[chunk] = Pin(data.Buffers[2]);
        }
        else
        {
            _values[chunk] = Pin(data.Buffers[1]) + (Physical == Physical.Bit ? 0 : (nint)data.Offset * Width);
        }
    }

    private nint Pin(ArrowBuffer buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        MemoryHandle pin = buffer.Memory.Pin();
        _pins.Add(pin);
        return (nint)pin.Pointer;
    }

    private OutputBuffer<ulong>? TakeValidity(RowPicks picks, MemoryAllocator allocator)
    {
        if (!_anyNull && !picks.AnyMissing)
        {
            return null;
        }

        var words = new OutputBuffer<ulong>(allocator, Bits.WordsFor(picks.Count));
        TakeBits(Validity, picks, words.Span);
        return words;
    }

    private void TakeBits(nint* bitmaps, RowPicks picks, Span<ulong> words) => GatherLoops.Bits(bitmaps, BitOffsets, Shift, picks, words);

    private IArrowArray TakeNested(RowPicks picks, MemoryAllocator allocator)
    {
        if (_nested is null)
        {
            return Constants.Nulls(_type, picks.Count, allocator);
        }

        using var rented = new Rented<int>(picks.Count);
        Span<int> rows = rented.Span;
        int mask = Shift == GatherLoops.OneChunk ? int.MaxValue : (1 << Shift) - 1;
        for (var i = 0; i < rows.Length; i++)
        {
            int row = picks.Rows[i];
            rows[i] = row < 0 ? -1 : _starts![row >> Shift] + (row & mask);
        }

        return Gather.Run(nameof(Selection.Take), _nested.Data, RowPicks.Trust(rows, picks.AnyMissing), allocator);
    }
}
