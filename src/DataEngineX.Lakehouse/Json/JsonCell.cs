using System.Buffers;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Internal;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Writes the values of one column as JSON, at any depth. NaN and infinities, for which JSON has no numbers, are texts.</summary>
internal abstract class JsonCell
{
    // What must be escaped in a text; everything else is written as it is, in UTF-8.
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(static i => (byte)i), (byte)'"', (byte)'\\']);

    internal static JsonCell For(Field field) => field.DataType switch
    {
        StructType when VariantColumns.Is(field) => new JsonVariantCell(field.Name),
        StructType type => new Structure(type),
        ListType type => new Items(For(type.ValueField)),
        MapType { KeyField.DataType: StringType } type => new JsonMapCell(For(type.KeyField), For(type.ValueField)),
        MapType type => new Items(new Structure(new StructType([new Field("key", type.KeyField.DataType, false), new Field("value", type.ValueField.DataType, true)]))),
        _ => new Scalar(TextCells.For(field)!),
    };

    /// <summary>Starts a column.</summary>
    internal abstract void Bind(IArrowArray array);

    /// <summary>Writes a value.</summary>
    internal abstract void Write(int row, GrowBuffer<byte> to);

    internal static void Put(GrowBuffer<byte> to, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to.Room(bytes.Length));
        to.Advance(bytes.Length);
    }

    internal static void PutText(GrowBuffer<byte> to, ReadOnlySpan<byte> text)
    {
        to.Add((byte)'"');
        for (var next = text.IndexOfAny(Escaped); next >= 0; next = text.IndexOfAny(Escaped))
        {
            Put(to, text[..next]);
            PutEscape(to, text[next]);
            text = text[(next + 1)..];
        }

        Put(to, text);
        to.Add((byte)'"');
    }

    private static void PutEscape(GrowBuffer<byte> to, byte value)
    {
        switch (value)
        {
            case (byte)'\n':
                Put(to, "\\n"u8);
                break;
            case (byte)'\r':
                Put(to, "\\r"u8);
                break;
            case (byte)'\t':
                Put(to, "\\t"u8);
                break;
            case (byte)'"' or (byte)'\\':
                to.Add((byte)'\\');
                to.Add(value);
                break;
            default:
                Put(to, "\\u00"u8);
                to.Add((byte)("0123456789abcdef"[value >> 4]));
                to.Add((byte)("0123456789abcdef"[value & 15]));
                break;
        }
    }

    private sealed class Scalar(TextCell cell) : JsonCell
    {
        internal override void Bind(IArrowArray array) => cell.Bind(array);

        internal override void Write(int row, GrowBuffer<byte> to)
        {
            if (cell.IsNull(row))
            {
                Put(to, "null"u8);
                return;
            }

            if (cell.IsText)
            {
                PutText(to, cell.Text(row));
                return;
            }

            var room = to.Room(TextCell.MostBytes + 2);
            var length = cell.Format(row, room[1..]);

            // NaN, Infinity: what ends in a letter is no number, and the truth values end in 'e'.
            if (cell.IsBare && room[length] is not ((byte)'N' or (byte)'y'))
            {
                room.Slice(1, length).CopyTo(room);
                to.Advance(length);
                return;
            }

            room[0] = room[length + 1] = (byte)'"';
            to.Advance(length + 2);
        }
    }

    private sealed class Structure(StructType type) : JsonCell
    {
        private readonly JsonMembers _members = new(type.Fields);
        private Apache.Arrow.Array _array = null!;

        internal override void Bind(IArrowArray array)
        {
            var structure = (StructArray)array;
            _array = structure;
            _members.Bind(structure.Fields);
        }

        internal override void Write(int row, GrowBuffer<byte> to)
        {
            if (_array.IsNull(row))
                Put(to, "null"u8);
            else
                _members.Write(row, to);
        }
    }

    private sealed class Items(JsonCell item) : JsonCell
    {
        private ListArray _array = null!;

        internal override void Bind(IArrowArray array)
        {
            _array = (ListArray)array;

            // The values of a map are those of its pairs only; the pairs themselves are what it is a list of.
            item.Bind(_array is MapArray ? ArrowArrayFactory.BuildArray(_array.Data.Children[0]) : _array.Values);
        }

        internal override void Write(int row, GrowBuffer<byte> to)
        {
            if (_array.IsNull(row))
            {
                Put(to, "null"u8);
                return;
            }

            to.Add((byte)'[');
            var start = _array.ValueOffsets[row];
            for (var i = 0; i < _array.GetValueLength(row); i++)
            {
                if (i > 0)
                    to.Add((byte)',');
                item.Write(start + i, to);
            }

            to.Add((byte)']');
        }
    }
}
