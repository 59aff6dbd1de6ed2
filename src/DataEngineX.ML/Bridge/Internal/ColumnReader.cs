using System.Buffers;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DataEngineX.ML.Internal;

/// <summary>Decodes one Arrow array into ML.NET values; nulls become the type's missing value.</summary>
internal delegate void ColumnFill<T>(IArrowArray array, Span<T> destination);

/// <summary>
/// Reads one column for one cursor. A batch is decoded once, in a tight loop over spans, when the cursor enters it; a row's getter is
/// then a plain array read.
/// </summary>
internal abstract class ColumnReader : IDisposable
{
    public abstract void Enter(IArrowArray array);

    public abstract Delegate CreateGetter(CursorRow row);

    public abstract void Dispose();
}

/// <summary>The cursor's row within its current batch, shared with the getters.</summary>
internal sealed class CursorRow
{
    public int Index { get; set; } = -1;
}

internal sealed class ScalarReader<T>(ColumnFill<T> fill) : ColumnReader
{
    private T[] _values = [];

    public override void Enter(IArrowArray array)
    {
        Pooled.Ensure(ref _values, array.Length);
        fill(array, _values.AsSpan(0, array.Length));
    }

    public override Delegate CreateGetter(CursorRow row)
    {
        void Get(ref T value) => value = _values[row.Index];
        return (ValueGetter<T>)Get;
    }

    public override void Dispose() => Pooled.Release(ref _values);
}

internal sealed class VectorReader<T>(ColumnFill<T> fill, int size) : ColumnReader
{
    private T[] _values = [];

    public override void Enter(IArrowArray array)
    {
        var length = checked(array.Length * size);
        Pooled.Ensure(ref _values, length);
        fill(array, _values.AsSpan(0, length));
    }

    public override Delegate CreateGetter(CursorRow row)
    {
        void Get(ref VBuffer<T> value)
        {
            var editor = VBufferEditor.Create(ref value, size);
            _values.AsSpan(row.Index * size, size).CopyTo(editor.Values);
            value = editor.Commit();
        }

        return (ValueGetter<VBuffer<T>>)Get;
    }

    public override void Dispose() => Pooled.Release(ref _values);
}

/// <summary>Arrays rented once a reader and returned exactly once.</summary>
internal static class Pooled
{
    public static void Ensure<T>(ref T[] values, int length)
    {
        if (values.Length >= length)
            return;
        Release(ref values);
        values = ArrayPool<T>.Shared.Rent(length);
    }

    public static void Release<T>(ref T[] values)
    {
        var old = values;
        values = [];
        if (old.Length > 0)
            ArrayPool<T>.Shared.Return(old, clearArray: RuntimeHelpers.IsReferenceOrContainsReferences<T>());
    }
}
