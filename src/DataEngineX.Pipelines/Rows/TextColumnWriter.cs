using System.Text;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>A text member.</summary>
internal sealed class TextColumnWriter<T>(RowColumn column) : RowColumnWriter<T>(column)
{
    private readonly Func<T, string?> _get = Getter<string?>(column);

    public override IArrowArray Write(ArraySegment<T> rows, MemoryAllocator allocator)
    {
        using var offsets = new OutputBuffer<int>(allocator, rows.Count + 1);
        using var bytes = new OutputBuffer<byte>(allocator, rows.Count * 8);
        using var validity = new RowValidity(rows.Count, allocator);
        var ends = offsets.Span;
        var length = ends[0] = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            if (_get(rows.Array![rows.Offset + i]) is { } text)
                length += Append(text, length, bytes);
            else
                validity.SetNull(i);
            ends[i + 1] = length;
        }

        bytes.Resize(length);
        var nulls = validity.NullCount;
        return ArrowArrayFactory.BuildArray(new ArrayData(Column.Type, rows.Count, nulls, 0, [validity.Build(), offsets.Build(), bytes.Build()]));
    }

    private static int Append(string text, int at, OutputBuffer<byte> bytes)
    {
        var most = checked(at + (text.Length * 3));
        if (most > bytes.Length)
            bytes.Resize(checked(at + Encoding.UTF8.GetByteCount(text)));
        return Encoding.UTF8.GetBytes(text, bytes.Span[at..]);
    }
}
