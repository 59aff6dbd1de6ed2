using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Arrays as lists.</summary>
internal sealed class JsonListColumn : JsonColumn
{
    private readonly JsonColumn _items;
    private readonly GrowBuffer<int> _offsets = new();

    internal JsonListColumn(Field field, JsonColumn items)
        : base(field)
    {
        _items = items;
        _offsets.Add(0);
    }

    public override void Dispose()
    {
        _items.Dispose();
        _offsets.Dispose();
        base.Dispose();
    }

    protected override bool TryAppendValue(ref Utf8JsonReader reader, JsonLine line)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return line.FailType(ref reader, ArrowTypes.NameOf(Field.DataType));
        for (var item = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; item++)
        {
            var isRight = reader.TokenType == JsonTokenType.Null ? _items.TryAppendNull(line) : _items.TryAppend(ref reader, line);
            if (!isRight)
                return line.Path is null ? false : line.In($"[{item}]");
        }

        _offsets.Add(_items.Length);
        return true;
    }

    protected override void AppendEmpty() => _offsets.Add(_items.Length);

    protected override void TruncateValues(int length)
    {
        _offsets.Truncate(length + 1);
        _items.Truncate(_offsets.Items[^1]);
    }

    protected override void BuildValues(List<ArrowBuffer> buffers, List<ArrayData> children, MemoryAllocator allocator)
    {
        buffers.Add(_offsets.Build(allocator));
        children.Add(_items.Build(allocator).Data);
    }
}
