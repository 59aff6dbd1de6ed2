using System.Text;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Lakehouse.Internal;

/// <summary>Builds small batches value by value: manifests, rejects, lists of files.</summary>
internal sealed class BatchBuilder
{
    private readonly Schema _schema;
    private readonly ColumnBuilder[] _columns;

    private BatchBuilder(Schema schema)
    {
        _schema = schema;
        _columns = [.. schema.FieldsList.Select(f => ColumnBuilder.Create(f.DataType))];
    }

    internal int Count => _columns.Length == 0 ? 0 : _columns[0].Length;

    internal static BatchBuilder For(Schema schema) => new(schema);

    internal void Text(int column, string? value)
    {
        if (value is null)
            _columns[column].AppendNull();
        else
            Bytes(column, Encoding.UTF8.GetBytes(value));
    }

    internal void Bytes(int column, ReadOnlySpan<byte> value) => ((BytesColumnBuilder)_columns[column]).Append(value);

    internal void Value(int column, long value) => ((FixedColumnBuilder<long>)_columns[column]).Append(value);

    internal RecordBatch Build(MemoryAllocator allocator)
    {
        var rows = Count;
        var arrays = new List<IArrowArray>(_columns.Length);
        try
        {
            foreach (var column in _columns)
                arrays.Add(column.Build(allocator));
            return new RecordBatch(_schema, arrays, rows);
        }
        catch
        {
            foreach (var array in arrays)
                array.Dispose();
            throw;
        }
    }
}
