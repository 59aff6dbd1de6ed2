using System.Text;
using Apache.Arrow;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Writes objects: the members of a struct, or the columns of a row.</summary>
internal sealed class JsonMembers
{
    private readonly JsonCell[] _cells;
    private readonly byte[][] _names;

    internal JsonMembers(IReadOnlyList<Field> fields)
    {
        _cells = [.. fields.Select(JsonCell.For)];
        _names = [.. fields.Select(static (field, i) => NameOf(field.Name, i == 0 ? (byte)'{' : (byte)','))];
    }

    internal void Bind(IReadOnlyList<IArrowArray> arrays)
    {
        for (var i = 0; i < _cells.Length; i++)
            _cells[i].Bind(arrays[i]);
    }

    internal void Write(int row, GrowBuffer<byte> to)
    {
        for (var i = 0; i < _cells.Length; i++)
        {
            JsonCell.Put(to, _names[i]);
            _cells[i].Write(row, to);
        }

        JsonCell.Put(to, _cells.Length == 0 ? "{}"u8 : "}"u8);
    }

    private static byte[] NameOf(string name, byte before)
    {
        using var text = new GrowBuffer<byte>();
        text.Add(before);
        JsonCell.PutText(text, Encoding.UTF8.GetBytes(name));
        text.Add((byte)':');
        return text.Items.ToArray();
    }
}
