using Apache.Arrow;

namespace DataEngineX.Compute;

/// <summary>Batches as chunks of at most 65,536 rows, so that a row of any of them has a number of 32 bits: chunk in the upper, row in the lower half.</summary>
internal sealed class RowChunks : IDisposable
{
    public const int MostRows = 1 << 16;
    public const int MostChunks = 1 << 16;

    private readonly List<(RecordBatch Batch, int Start, int Length)> _chunks = [];
    private readonly ChunkColumn?[] _columns;
    private readonly Lock _lock = new();

    /// <param name="schema">Of all batches.</param>
    /// <param name="batches">Borrowed until disposal.</param>
    public RowChunks(Schema schema, IEnumerable<RecordBatch> batches)
    {
        Schema = schema;
        foreach (RecordBatch batch in batches)
        {
            for (int start = 0; start < batch.Length; start += MostRows)
            {
                _chunks.Add((batch, start, Math.Min(MostRows, batch.Length - start)));
            }

            Rows += batch.Length;
        }

        if (_chunks.Count > MostChunks)
        {
            throw new InvalidOperationException($"{_chunks.Count} chunks of rows are more than can be numbered.");
        }

        _columns = new ChunkColumn?[schema.FieldsList.Count];
    }

    public Schema Schema { get; }

    public int Count => _chunks.Count;

    public long Rows { get; }

    public int Length(int chunk) => _chunks[chunk].Length;

    /// <summary>The rows of a chunk of one column, borrowed.</summary>
    public ArrayData Data(int chunk, int column)
    {
        (RecordBatch batch, int start, int length) = _chunks[chunk];
        ArrayData data = batch.Column(column).Data;
        return length == data.Length ? data : Window(data, start, length);
    }

    public RecordBatch Batch(int chunk, out int start)
    {
        start = _chunks[chunk].Start;
        return _chunks[chunk].Batch;
    }

    /// <summary>The addresses of a column in all chunks.</summary>
    public ChunkColumn Column(int column)
    {
        lock (_lock)
        {
            if (_columns[column] is { } known)
            {
                return known;
            }

            var made = new ChunkColumn(Schema.FieldsList[column].DataType, Count);
            _columns[column] = made;
            for (int chunk = 0; chunk < Count; chunk++)
            {
                made.Set(chunk, _chunks[chunk].Batch.Column(column).Data, _chunks[chunk].Start);
            }

            return made;
        }
    }

    public void Dispose()
    {
        foreach (ChunkColumn? column in _columns)
        {
            column?.Dispose();
        }
    }

    /// <summary>Rows of an array without a reference of their own: they live as long as the array.</summary>
    public static ArrayData Window(ArrayData data, int start, int length) => new(
        data.DataType, length, data.GetNullCount() == 0 ? 0 : -1, data.Offset + start, data.Buffers, data.Children, data.Dictionary);
}
