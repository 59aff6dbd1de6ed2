using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Pipelines;

/// <summary>Turns one member of row objects into a column.</summary>
/// <typeparam name="T">The row type.</typeparam>
internal abstract class RowColumnWriter<T>(RowColumn column)
{
    protected RowColumn Column => column;

    /// <summary>The column of some rows; the caller owns it.</summary>
    public abstract IArrowArray Write(ArraySegment<T> rows, MemoryAllocator allocator);

    public static RowColumnWriter<T> Create(RowColumn column) => RowColumnWriters.TryCreate<T>(column) ?? new BoxedColumnWriter<T>(column);

    /// <summary>Reads the member without a box. A row that is a struct is handed over by reference, as its methods want it.</summary>
    protected static Func<T, TMember> Getter<TMember>(RowColumn column)
    {
        var method = column.Property.GetMethod!;
        if (!typeof(T).IsValueType)
            return method.CreateDelegate<Func<T, TMember>>();
        var get = method.CreateDelegate<StructGetter<TMember>>();
        return row => get(ref row);
    }

    private delegate TMember StructGetter<TMember>(ref T row);
}
