using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Texts, and binary values as base64.</summary>
internal sealed class JsonBytesColumn : JsonColumn
{
    private readonly bool _isBinary;
    private readonly bool _takesAny;
    private readonly GrowBuffer<int> _offsets = new();
    private readonly GrowBuffer<byte> _bytes = new();

    internal JsonBytesColumn(Field field, bool takesAny)
        : base(field)
    {
        _isBinary = field.DataType.TypeId == ArrowTypeId.Binary;
        _takesAny = takesAny && !_isBinary;
        _offsets.Add(0);
    }

    public override void Dispose()
    {
        _offsets.Dispose();
        _bytes.Dispose();
        base.Dispose();
    }

    protected override bool TryAppendValue(ref Utf8JsonReader reader, JsonLine line)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            if (_isBinary && !TryAppendBase64(ref reader))
                return line.FailType(ref reader, ArrowTypes.NameOf(Field.DataType));
            if (!_isBinary)
                AppendText(ref reader);
        }
        else if (_takesAny)
        {
            AppendRaw(ref reader, line);
        }
        else
        {
            return line.FailType(ref reader, ArrowTypes.NameOf(Field.DataType));
        }

        _offsets.Add(_bytes.Count);
        return true;
    }

    protected override bool TryAppendText(ReadOnlySpan<byte> text)
    {
        if (_isBinary)
            return false;
        text.CopyTo(_bytes.Room(text.Length));
        _bytes.Advance(text.Length);
        _offsets.Add(_bytes.Count);
        return true;
    }

    protected override void AppendEmpty() => _offsets.Add(_bytes.Count);

    protected override void TruncateValues(int length)
    {
        _offsets.Truncate(length + 1);
        _bytes.Truncate(_offsets.Items[^1]);
    }

    protected override void BuildValues(List<ArrowBuffer> buffers, List<ArrayData> children, MemoryAllocator allocator)
    {
        buffers.Add(_offsets.Build(allocator));
        buffers.Add(_bytes.Build(allocator));
    }

    private void AppendText(ref Utf8JsonReader reader)
    {
        var room = _bytes.Room(reader.ValueSpan.Length);
        if (reader.ValueIsEscaped)
        {
            _bytes.Advance(reader.CopyString(room));
            return;
        }

        reader.ValueSpan.CopyTo(room);
        _bytes.Advance(reader.ValueSpan.Length);
    }

    private void AppendRaw(ref Utf8JsonReader reader, JsonLine line)
    {
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            reader.Skip();
        var raw = line.Text[start..(int)reader.BytesConsumed];
        raw.CopyTo(_bytes.Room(raw.Length));
        _bytes.Advance(raw.Length);
    }

    private bool TryAppendBase64(ref Utf8JsonReader reader)
    {
        var text = reader.ValueIsEscaped ? System.Text.Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
        if (Base64.DecodeFromUtf8(text, _bytes.Room(text.Length), out _, out var written) != OperationStatus.Done)
            return false;
        _bytes.Advance(written);
        return true;
    }
}
