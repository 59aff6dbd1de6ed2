using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Objects as structs.</summary>
internal sealed class JsonStructColumn(Field field, JsonColumn[] columns) : JsonColumn(field)
{
    private readonly JsonRecord _record = new(columns);

    public override void Dispose()
    {
        foreach (var column in columns)
            column.Dispose();
        base.Dispose();
    }

    protected override bool TryAppendValue(ref Utf8JsonReader reader, JsonLine line) => reader.TokenType == JsonTokenType.StartObject
        ? _record.TryRead(ref reader, line)
        : line.FailType(ref reader, ArrowTypes.NameOf(Field.DataType));

    protected override void AppendEmpty()
    {
        foreach (var column in columns)
            column.AppendNull();
    }

    protected override void TruncateValues(int length)
    {
        foreach (var column in columns)
            column.Truncate(length);
    }

    protected override void BuildValues(List<ArrowBuffer> buffers, List<ArrayData> children, MemoryAllocator allocator)
    {
        foreach (var column in columns)
            children.Add(column.Build(allocator).Data);
    }
}
