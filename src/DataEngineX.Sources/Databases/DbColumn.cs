using System.Data.Common;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Sources;

/// <summary>Collects one column of a reader. A reader hands out rows, so there is a call a cell, but no box.</summary>
internal abstract class DbColumn(Field field)
{
    private readonly ArrowBuffer.BitmapBuilder _validity = new();
    private int _nulls;

    internal Field Field { get; } = field;

    /// <summary>Bytes of variable length collected so far.</summary>
    internal virtual long Bytes => 0;

    internal void Append(DbDataReader row, int ordinal)
    {
        if (!row.IsDBNull(ordinal))
        {
            AppendValue(row, ordinal);
            _validity.Append(true);
            return;
        }

        if (!Field.IsNullable)
            throw new MalformedDataException($"the column '{Field.Name}' is null, but its member or field cannot hold null: declare it nullable", Field.Name);
        AppendEmpty();
        _validity.Append(false);
        _nulls++;
    }

    internal IArrowArray Build(int rows, MemoryAllocator allocator)
    {
        var buffers = new List<ArrowBuffer>(3);
        try
        {
            buffers.Add(_nulls == 0 ? ArrowBuffer.Empty : _validity.Build(allocator));
            AddBuffers(buffers, allocator);
            return ArrowArrayFactory.BuildArray(new ArrayData(Field.DataType, rows, _nulls, 0, [.. buffers]));
        }
        catch
        {
            foreach (var buffer in buffers)
                buffer.Dispose();
            throw;
        }
        finally
        {
            _validity.Clear();
            _nulls = 0;
            Clear();
        }
    }

    protected abstract void AppendValue(DbDataReader row, int ordinal);

    protected abstract void AppendEmpty();

    protected abstract void AddBuffers(List<ArrowBuffer> buffers, MemoryAllocator allocator);

    protected abstract void Clear();
}
