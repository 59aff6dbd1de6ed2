using Apache.Arrow;
using DataEngineX.Lakehouse.Delta.Variants;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Writes variants as the JSON that they stand for.</summary>
internal sealed class JsonVariantCell(string column) : JsonCell
{
    private readonly VariantJsonWriter _json = new();
    private StructArray _array = null!;
    private BinaryArray _metadata = null!;
    private BinaryArray _values = null!;

    internal override void Bind(IArrowArray array)
    {
        _array = (StructArray)array;
        var parts = _array.Fields;
        (_metadata, _values) = ((BinaryArray)parts[0], (BinaryArray)parts[1]);
    }

    internal override void Write(int row, GrowBuffer<byte> to)
    {
        if (_array.IsNull(row))
        {
            Put(to, "null"u8);
            return;
        }

        try
        {
            Put(to, _json.Write(_metadata.GetBytes(row), _values.GetBytes(row)));
        }
        catch (FormatException e)
        {
            throw new MalformedDataException($"Column '{column}' holds what is no variant: {e.Message}.", column);
        }
    }
}
