using System.Runtime.InteropServices;
using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>
/// Rows, or states of groups, in the order of the hash partitions of their keys. As a batch its columns are: the packed keys, the key columns that
/// hold long texts, then what the aggregates need.
/// </summary>
internal sealed class KeyedBlock : IDisposable
{
    // Asked for once a partition: made once a block. Threads that make them at the same time make the same.
    private IArrowArray?[]? _texts;
    private IArrowArray?[]? _values;
    private IArrowArray?[]? _others;

    public KeyedBlock(KeyedShape shape, RecordBatch batch, int[] bounds, RowPlace first)
    {
        Shape = shape;
        Batch = batch;
        Bounds = bounds;
        First = first;
    }

    public KeyedShape Shape { get; }

    /// <summary>The rows; owned.</summary>
    public RecordBatch Batch { get; }

    /// <summary>Where each partition starts, and the end.</summary>
    public int[] Bounds { get; }

    /// <summary>The place of the first row in the input.</summary>
    public RowPlace First { get; }

    /// <summary>The rows of some partitions that follow each other, or null if there are none.</summary>
    public KeyedBlock? Slice(int from, int to)
    {
        var count = Bounds[to] - Bounds[from];
        return count == 0
            ? null
            : new KeyedBlock(Shape, Batch.SliceShared(Bounds[from], count), [0, count], First with { Row = First.Row + Bounds[from] });
    }

    /// <summary>Adds the rows of some partitions that follow each other.</summary>
    public void AddTo(GroupTable table, int from, int to)
    {
        var start = Bounds[from];
        var count = Bounds[to] - start;
        if (count == 0)
            return;
        var words = Shape.Layout.Words;
        var packed = Words(Batch.Column(0).Data, words).Slice(start * words, count * words);
        var keys = new KeyChunk(Shape.Layout, packed, _texts ??= Shape.TextsOf(Batch), start);
        if (Shape.IsPartial)
            table.Import(keys, _values ??= Shape.StatesOf(Batch), start, count);
        else
            table.Update(keys, _values ??= Shape.ValuesOf(Batch), _others ??= Shape.OthersOf(Batch), start, count, First with { Row = First.Row + start });
    }

    public void Dispose() => Batch.Dispose();

    /// <summary>The packed keys of a column of fixed-size binary.</summary>
    public static ReadOnlySpan<ulong> Words(ArrayData keys, int words) =>
        MemoryMarshal.Cast<byte, ulong>(keys.Buffers[1].Span).Slice(keys.Offset * words, keys.Length * words);
}
