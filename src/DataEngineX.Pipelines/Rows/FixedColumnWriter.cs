using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>A member of a fixed width.</summary>
internal sealed class FixedColumnWriter<T, TMember, TValue, TForm>(RowColumn column) : RowColumnWriter<T>(column)
    where TValue : unmanaged
    where TForm : struct, IRowForm<TMember, TValue>
{
    private readonly Func<T, TMember> _get = Getter<TMember>(column);

    public override IArrowArray Write(ArraySegment<T> rows, MemoryAllocator allocator)
    {
        using var values = new OutputBuffer<TValue>(allocator, rows.Count);
        using var validity = new RowValidity(rows.Count, allocator);
        var items = values.Span;
        for (var i = 0; i < rows.Count; i++)
        {
            if (TForm.TryGet(_get(rows.Array![rows.Offset + i]), out items[i]))
                continue;
            items[i] = default;
            validity.SetNull(i);
        }

        var nulls = validity.NullCount;
        return ArrowArrayFactory.BuildArray(new ArrayData(Column.Type, rows.Count, nulls, 0, [validity.Build(), values.Build()]));
    }
}
