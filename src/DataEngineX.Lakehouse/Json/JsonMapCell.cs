using Apache.Arrow;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Writes maps whose keys are texts as objects.</summary>
internal sealed class JsonMapCell(JsonCell key, JsonCell value) : JsonCell
{
    private MapArray _array = null!;

    internal override void Bind(IArrowArray array)
    {
        _array = (MapArray)array;
        key.Bind(_array.Keys);
        value.Bind(_array.Values);
    }

    internal override void Write(int row, GrowBuffer<byte> to)
    {
        if (_array.IsNull(row))
        {
            Put(to, "null"u8);
            return;
        }

        to.Add((byte)'{');
        var (start, end) = (_array.ValueOffsets[row], _array.ValueOffsets[row + 1]);
        for (var i = start; i < end; i++)
        {
            if (i > start)
                to.Add((byte)',');
            key.Write(i, to);
            to.Add((byte)':');
            value.Write(i, to);
        }

        to.Add((byte)'}');
    }
}
