using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Turns row objects into batches of a schema, whose columns are members of the row type.</summary>
/// <typeparam name="T">The row type.</typeparam>
internal sealed class RowBatchWriter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>
{
    private readonly Schema _schema;
    private readonly RowColumnWriter<T>[] _writers;

    public RowBatchWriter(Schema schema)
    {
        var columns = RowShape.Of<T>().ToDictionary(c => c.Name, StringComparer.Ordinal);
        _schema = schema;
        _writers = [.. schema.FieldsList.Select(f => RowColumnWriter<T>.Create(columns[f.Name]))];
    }

    /// <summary>The batch of some rows; the caller owns it.</summary>
    public RecordBatch Write(ArraySegment<T> rows, MemoryAllocator allocator)
    {
        using var columns = new BatchColumns(_writers.Length);
        for (var i = 0; i < _writers.Length; i++)
            columns[i] = _writers[i].Write(rows, allocator);
        return columns.Build(_schema, rows.Count);
    }
}
