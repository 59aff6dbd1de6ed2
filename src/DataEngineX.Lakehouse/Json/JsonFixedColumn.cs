using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Values of one width, written as numbers or as texts, and numbers that have only a name where that is allowed.</summary>
internal sealed class JsonFixedColumn<T, TParser>(Field field, TParser parser, bool takesNumbers, bool takesTexts, bool takesNames = false) : JsonColumn(field)
    where T : unmanaged
    where TParser : struct, ICsvParser<T>
{
    private const int MostEscapedBytes = 256;
    private readonly GrowBuffer<T> _values = new();

    public override void Dispose()
    {
        _values.Dispose();
        base.Dispose();
    }

    protected override bool TryAppendValue(ref Utf8JsonReader reader, JsonLine line)
    {
        var isRight = reader.TokenType switch
        {
            JsonTokenType.Number => takesNumbers && TryParse(reader.ValueSpan),
            JsonTokenType.String when takesTexts && !reader.ValueIsEscaped => TryParse(reader.ValueSpan),
            JsonTokenType.String when takesNames && !reader.ValueIsEscaped => TryName(reader.ValueSpan),
            JsonTokenType.String => takesTexts && TryParseEscaped(ref reader),
            _ => false,
        };
        return isRight || line.FailType(ref reader, ArrowTypes.NameOf(Field.DataType));
    }

    protected override bool TryAppendText(ReadOnlySpan<byte> text) => takesTexts ? TryParse(text) : takesNames && TryName(text);

    protected override bool TryAppendNumber(ReadOnlySpan<byte> digits) => takesNumbers && TryParse(digits);

    protected override void AppendEmpty() => _values.Add(default);

    protected override void TruncateValues(int length) => _values.Truncate(length);

    protected override void BuildValues(List<ArrowBuffer> buffers, List<ArrayData> children, MemoryAllocator allocator) => buffers.Add(_values.Build(allocator));

    private bool TryName(ReadOnlySpan<byte> text)
    {
        if (!JsonNamedNumbers.TryRead<T>(text, out var value))
            return false;
        _values.Add(value);
        return true;
    }

    // The text lies in a chunk, behind which more bytes can be read, as the fast parsers do.
    private unsafe bool TryParse(ReadOnlySpan<byte> text)
    {
        fixed (byte* bytes = text)
        {
            if (!parser.TryFast(bytes, text.Length, out var value) && !parser.TryParse(text, out value))
                return false;
            _values.Add(value);
            return true;
        }
    }

    private bool TryParseEscaped(ref Utf8JsonReader reader)
    {
        Span<byte> text = stackalloc byte[MostEscapedBytes];
        if (reader.ValueSpan.Length > text.Length || !parser.TryParse(text[..reader.CopyString(text)], out var value))
            return false;
        _values.Add(value);
        return true;
    }
}
