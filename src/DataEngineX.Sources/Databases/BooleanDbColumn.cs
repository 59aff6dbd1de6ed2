using System.Data.Common;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Sources;

/// <summary>Truth values; 0 and 1 where a database has no type for them.</summary>
internal sealed class BooleanDbColumn(Field field) : DbColumn(field)
{
    private readonly ArrowBuffer.BitmapBuilder _values = new();

    protected override void AppendValue(DbDataReader row, int ordinal)
    {
        var type = row.GetFieldType(ordinal);
        if (type == typeof(bool))
            _values.Append(row.GetBoolean(ordinal));
        else if (DbReads.Whole(type) is { } read && read(row, ordinal) is var number and (0 or 1))
            _values.Append(number == 1);
        else
            throw DbCells.Misfit(row, ordinal, Field, null);
    }

    protected override void AppendEmpty() => _values.Append(false);

    protected override void AddBuffers(List<ArrowBuffer> buffers, MemoryAllocator allocator) => buffers.Add(_values.Build(allocator));

    protected override void Clear() => _values.Clear();
}
