using Apache.Arrow;
using Apache.Arrow.Memory;
using Microsoft.ML;

namespace DataEngineX.ML.Internal;

/// <summary>Collects one column of a data view, row by row, and builds its Arrow array.</summary>
internal abstract class ColumnWriter
{
    public abstract bool IsNullable { get; }

    public abstract void Append();

    public abstract IArrowArray Build(MemoryAllocator? allocator);
}

/// <summary>A writer over an Arrow builder; <paramref name="append"/> decides what is null.</summary>
internal sealed class BuilderWriter<T, TBuilder>(
    ValueGetter<T> getter,
    TBuilder builder,
    Action<TBuilder, T> append,
    Func<TBuilder, MemoryAllocator?, IArrowArray> build,
    bool isNullable) : ColumnWriter
{
    private T _value = default!;

    public override bool IsNullable => isNullable;

    public override void Append()
    {
        getter(ref _value);
        append(builder, _value);
    }

    public override IArrowArray Build(MemoryAllocator? allocator) => build(builder, allocator);
}
