using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Collects the values of one column, at any depth. What a bad line appended is taken back by its length.</summary>
internal abstract class JsonColumn(Field field) : IDisposable
{
    private readonly GrowBuffer<byte> _valid = new();

    internal Field Field { get; } = field;

    internal int Length => _valid.Count;

    /// <summary>Appends the value the reader stands at, which is not null, and leaves the reader at its last token.</summary>
    internal bool TryAppend(ref Utf8JsonReader reader, JsonLine line)
    {
        if (!TryAppendValue(ref reader, line))
            return false;
        _valid.Add(1);
        return true;
    }

    /// <summary>Appends a text without escapes, given without its quotes; false leaves the value to <see cref="TryAppend"/>.</summary>
    internal bool TryAppendPlainText(ReadOnlySpan<byte> text)
    {
        if (!TryAppendText(text))
            return false;
        _valid.Add(1);
        return true;
    }

    /// <summary>Appends a number; false leaves the value to <see cref="TryAppend"/>.</summary>
    internal bool TryAppendPlainNumber(ReadOnlySpan<byte> digits)
    {
        if (!TryAppendNumber(digits))
            return false;
        _valid.Add(1);
        return true;
    }

    /// <summary>Appends true or false; false leaves the value to <see cref="TryAppend"/>.</summary>
    internal bool TryAppendPlainTruth(bool value)
    {
        if (!TryAppendTruth(value))
            return false;
        _valid.Add(1);
        return true;
    }

    /// <summary>Appends null for a value that is null or missing.</summary>
    internal bool TryAppendNull(JsonLine line)
    {
        if (!Field.IsNullable)
            return line.FailMissing();
        AppendNull();
        return true;
    }

    /// <summary>Appends null whether or not the column allows it: below a struct that is null itself.</summary>
    internal void AppendNull()
    {
        AppendEmpty();
        _valid.Add(0);
    }

    /// <summary>Keeps the first values only.</summary>
    internal void Truncate(int length)
    {
        TruncateValues(length);
        _valid.Truncate(length);
    }

    /// <summary>Builds the array of what was appended and starts anew.</summary>
    internal IArrowArray Build(MemoryAllocator allocator)
    {
        var buffers = new List<ArrowBuffer>(3);
        var children = new List<ArrayData>();
        var length = Length;
        try
        {
            buffers.Add(BuildValidity(allocator, out var nulls));
            BuildValues(buffers, children, allocator);
            return ArrowArrayFactory.BuildArray(new ArrayData(Field.DataType, length, nulls, 0, [.. buffers], children.Count == 0 ? null : [.. children]));
        }
        catch
        {
            buffers.ForEach(static b => b.Dispose());
            children.ForEach(static c => c.Dispose());
            throw;
        }
        finally
        {
            Truncate(0);
        }
    }

    public virtual void Dispose() => _valid.Dispose();

    protected abstract bool TryAppendValue(ref Utf8JsonReader reader, JsonLine line);

    protected virtual bool TryAppendText(ReadOnlySpan<byte> text) => false;

    protected virtual bool TryAppendNumber(ReadOnlySpan<byte> digits) => false;

    protected virtual bool TryAppendTruth(bool value) => false;

    protected abstract void AppendEmpty();

    protected abstract void TruncateValues(int length);

    protected abstract void BuildValues(List<ArrowBuffer> buffers, List<ArrayData> children, MemoryAllocator allocator);

    private ArrowBuffer BuildValidity(MemoryAllocator allocator, out int nulls)
    {
        var valid = _valid.Items;
        nulls = valid.Count((byte)0);
        if (nulls == 0)
            return ArrowBuffer.Empty;
        using var bits = new FilledBuffer();
        bits.Allocate(allocator, (valid.Length + 7) / 8, clear: true);
        var bytes = bits.Bytes;
        for (var row = 0; row < valid.Length; row++)
            bytes[row >> 3] |= (byte)(valid[row] << (row & 7));
        return bits.Build();
    }
}
