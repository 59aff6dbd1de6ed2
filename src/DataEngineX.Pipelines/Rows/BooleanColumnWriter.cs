using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>A member that is true or false, a bit a row.</summary>
internal sealed class BooleanColumnWriter<T, TMember, TForm>(RowColumn column) : RowColumnWriter<T>(column)
    where TForm : struct, IRowForm<TMember, bool>
{
    private readonly Func<T, TMember> _get = Getter<TMember>(column);

    public override IArrowArray Write(ArraySegment<T> rows, MemoryAllocator allocator)
    {
        using var values = new OutputBuffer<byte>(allocator, (rows.Count + 7) / 8, clear: true);
        using var validity = new RowValidity(rows.Count, allocator);
        var bits = values.Span;
        for (var i = 0; i < rows.Count; i++)
        {
            if (!TForm.TryGet(_get(rows.Array![rows.Offset + i]), out var value))
                validity.SetNull(i);
            else if (value)
                bits[i >> 3] |= (byte)(1 << (i & 7));
        }

        var nulls = validity.NullCount;
        return ArrowArrayFactory.BuildArray(new ArrayData(Column.Type, rows.Count, nulls, 0, [validity.Build(), values.Build()]));
    }
}
