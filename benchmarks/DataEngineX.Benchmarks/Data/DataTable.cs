using Apache.Arrow;

namespace DataEngineX.Benchmarks.Data;

/// <summary>A generated table: the same rows each time, any range of which can be made alone.</summary>
internal abstract class DataTable(string name, long rows, Schema schema)
{
    public const int BatchRows = 65_536;

    /// <summary>Names the table and every parameter its rows depend on; also its file name.</summary>
    public string Name => name;

    public long Rows => rows;

    public Schema Schema => schema;

    /// <summary>Makes a range of rows.</summary>
    public RecordBatch Read(long start, int count) =>
        new(Schema, [.. Enumerable.Range(0, Schema.FieldsList.Count).Select(i => Column(i, start, count))], count);

    /// <summary>The whole table in batches in memory, made on all processors.</summary>
    public RecordBatch[] ReadAll()
    {
        var batches = new RecordBatch[(Rows + BatchRows - 1) / BatchRows];
        Parallel.For(0, batches.Length, i => batches[i] = Read((long)i * BatchRows, (int)Math.Min(BatchRows, Rows - ((long)i * BatchRows))));
        return batches;
    }

    protected abstract IArrowArray Column(int index, long start, int count);
}
