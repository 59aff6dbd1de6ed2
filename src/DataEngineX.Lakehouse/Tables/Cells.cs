using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>The cells of one column as bytes, for keys and for telling whether two rows are the same.</summary>
internal readonly struct Cells
{
    private static readonly byte[] Bits = [0, 1];

    private readonly ArrayData _data;
    private readonly int _width;
    private readonly bool _mayBeNull;

    internal Cells(IArrowArray array)
    {
        _data = array.Data;
        _mayBeNull = array.NullCount > 0;
        _width = _data.DataType switch
        {
            BooleanType => Bit,
            FixedWidthType type => type.BitWidth / 8,
            StringType or BinaryType => Variable,
            _ => throw new DataEngineXException($"Cells of type {_data.DataType.Name} cannot be compared."),
        };
    }

    private static int Bit => -1;

    private static int Variable => 0;

    /// <summary>Whether all cells have the same number of bytes.</summary>
    internal bool IsFixed => _width != Variable;

    internal bool IsNull(int row) => _mayBeNull && !BitUtility.GetBit(_data.Buffers[0].Span, _data.Offset + row);

    internal ReadOnlySpan<byte> this[int row]
    {
        get
        {
            var at = _data.Offset + row;
            if (_width > 0)
                return _data.Buffers[1].Span.Slice(at * _width, _width);
            if (_width == Bit)
                return Bits.AsSpan(BitUtility.GetBit(_data.Buffers[1].Span, at) ? 1 : 0, 1);
            var offsets = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(_data.Buffers[1].Span);
            return _data.Buffers[2].Span[offsets[at]..offsets[at + 1]];
        }
    }

    internal static Cells[] Of(RecordBatch batch)
    {
        var cells = new Cells[batch.ColumnCount];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = new Cells(batch.Column(i));
        return cells;
    }

    internal static bool SameRow(Cells[] left, int leftRow, Cells[] right, int rightRow)
    {
        for (var i = 0; i < left.Length; i++)
        {
            var isNull = left[i].IsNull(leftRow);
            if (isNull != right[i].IsNull(rightRow) || (!isNull && !left[i][leftRow].SequenceEqual(right[i][rightRow])))
                return false;
        }

        return true;
    }
}
