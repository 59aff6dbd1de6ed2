using System.Buffers;
using System.Buffers.Binary;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>One column of a key of several in one batch.</summary>
internal sealed class KeyPart(IArrowArray column, int width, bool nanIsMissing)
{
    private readonly bool _isFloat = column is DoubleArray or FloatArray or HalfFloatArray;

    /// <summary>Writes a value with a byte before it that says that there is one, or the zero byte of a null.</summary>
    public void Write(int row, ArrayBufferWriter<byte> target)
    {
        if (column.IsNull(row) || (nanIsMissing && _isFloat && ValueKey.IsNaN(column, row)))
        {
            target.GetSpan(1)[0] = 0;
            target.Advance(1);
            return;
        }

        if (width < 0)
        {
            var text = new TextColumn(column)[row];
            var room = target.GetSpan(5 + text.Length);
            room[0] = 1;
            BinaryPrimitives.WriteInt32LittleEndian(room[1..], text.Length);
            text.CopyTo(room[5..]);
            target.Advance(5 + text.Length);
            return;
        }

        var own = target.GetSpan(1 + width);
        own[0] = 1;
        if (column is BooleanArray flags)
            own[1] = new Flags(flags)[row] ? (byte)1 : (byte)0;
        else
            column.Data.Buffers[1].Span.Slice((column.Offset + row) * width, width).CopyTo(own[1..]);
        if (_isFloat)
            Normalize(row, own[1..]);
        target.Advance(1 + width);
    }

    private void Normalize(int row, Span<byte> bytes)
    {
        if (ValueKey.IsNaN(column, row))
        {
            switch (width)
            {
                case 8: BinaryPrimitives.WriteDoubleLittleEndian(bytes, double.NaN); break;
                case 4: BinaryPrimitives.WriteSingleLittleEndian(bytes, float.NaN); break;
                default: BinaryPrimitives.WriteHalfLittleEndian(bytes, Half.NaN); break;
            }
        }
        else if (bytes[width - 1] == 0x80 && bytes[..(width - 1)].IndexOfAnyExcept((byte)0) < 0)
        {
            // Minus zero.
            bytes[width - 1] = 0;
        }
    }
}
