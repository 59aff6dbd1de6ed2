using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Gives decoded columns that came back from disk the dictionaries that the schema says they have.</summary>
internal static class Restored
{
    /// <summary>The batch with the schema; takes it.</summary>
    public static RecordBatch Of(RecordBatch batch, Schema schema, MemoryAllocator allocator)
    {
        if (!schema.FieldsList.Any(f => f.DataType is DictionaryType))
            return batch;
        using (batch)
        {
            using var columns = new BatchColumns(schema.FieldsList.Count);
            for (var c = 0; c < schema.FieldsList.Count; c++)
            {
                columns[c] = schema.FieldsList[c].DataType is DictionaryType type
                    ? Encode(batch.Column(c), type, allocator)
                    : ArrowArrayFactory.BuildArray(batch.Column(c).Data.Retain());
            }

            return columns.Build(schema, batch.Length);
        }
    }

    private static DictionaryArray Encode(IArrowArray values, DictionaryType type, MemoryAllocator allocator)
    {
        using var index = new GroupIndex([type.ValueType], allocator);
        var ids = new int[values.Length];
        index.Map([values], ids);
        var firsts = new int[index.Count];
        for (var row = ids.Length - 1; row >= 0; row--)
            firsts[ids[row]] = row;
        var numbers = Numbers(ids, allocator);
        IArrowArray indices;
        using (numbers)
            indices = type.IndexType is Int32Type ? ArrowArrayFactory.BuildArray(numbers.Data.Retain()) : Casts.Cast(numbers, type.IndexType, allocator);
        try
        {
            var dictionary = Selection.Take(values, firsts, allocator);
            var data = indices.Data;
            return new DictionaryArray(new ArrayData(type, data.Length, data.NullCount, 0, data.Buffers, null, dictionary.Data));
        }
        catch
        {
            indices.Dispose();
            throw;
        }
    }

    private static IArrowArray Numbers(int[] ids, MemoryAllocator allocator)
    {
        using var output = new OutputBuffer<int>(allocator, ids.Length);
        ids.CopyTo(output.Span);
        return Assemble.Fixed(Int32Type.Default, ids.Length, null, output);
    }
}
