using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Truth values.</summary>
internal sealed class JsonBooleanColumn(Field field) : JsonColumn(field)
{
    private readonly GrowBuffer<byte> _values = new();

    public override void Dispose()
    {
        _values.Dispose();
        base.Dispose();
    }

    protected override bool TryAppendValue(ref Utf8JsonReader reader, JsonLine line)
    {
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            return line.FailType(ref reader, "bool");
        _values.Add(reader.TokenType == JsonTokenType.True ? (byte)1 : (byte)0);
        return true;
    }

    protected override bool TryAppendTruth(bool value)
    {
        _values.Add(value ? (byte)1 : (byte)0);
        return true;
    }

    protected override void AppendEmpty() => _values.Add(0);

    protected override void TruncateValues(int length) => _values.Truncate(length);

    protected override void BuildValues(List<ArrowBuffer> buffers, List<ArrayData> children, MemoryAllocator allocator)
    {
        var values = _values.Items;
        using var bits = new FilledBuffer();
        bits.Allocate(allocator, (values.Length + 7) / 8, clear: true);
        var bytes = bits.Bytes;
        for (var row = 0; row < values.Length; row++)
            bytes[row >> 3] |= (byte)(values[row] << (row & 7));
        buffers.Add(bits.Build());
    }
}
