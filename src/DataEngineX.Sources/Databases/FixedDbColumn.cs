using System.Data.Common;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Sources;

/// <summary>Values of a fixed width. How a cell is read follows its type, which some databases choose anew in each row.</summary>
/// <param name="field">The column.</param>
/// <param name="choose">How cells of a CLR type are read, or null when they do not fit.</param>
internal sealed class FixedDbColumn<T>(Field field, Func<Type, Func<DbDataReader, int, T>?> choose) : DbColumn(field)
    where T : struct
{
    private readonly ArrowBuffer.Builder<T> _values = new();
    private Type? _type;
    private Func<DbDataReader, int, T>? _read;

    protected override void AppendValue(DbDataReader row, int ordinal)
    {
        if (row.GetFieldType(ordinal) is var type && type != _type)
            (_type, _read) = (type, choose(type));
        try
        {
            _values.Append((_read ?? throw new InvalidCastException("")).Invoke(row, ordinal));
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException or FormatException or ArgumentException)
        {
            throw DbCells.Misfit(row, ordinal, Field, e);
        }
    }

    protected override void AppendEmpty() => _values.Append(default(T));

    protected override void AddBuffers(List<ArrowBuffer> buffers, MemoryAllocator allocator) => buffers.Add(_values.Build(allocator));

    protected override void Clear() => _values.Clear();
}
