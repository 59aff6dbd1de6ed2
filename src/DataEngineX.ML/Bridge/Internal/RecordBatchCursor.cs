using Apache.Arrow;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DataEngineX.ML.Internal;

/// <summary>Walks the rows of several batches; used by one thread at a time, as ML.NET asks of every cursor.</summary>
internal sealed class RecordBatchCursor(DataViewSchema schema, RecordBatch[] batches, ColumnReader?[] readers) : DataViewRowCursor
{
    private readonly CursorRow _row = new();
    private int _batch = -1;
    private int _length;
    private long _position = -1;
    private bool _disposed;

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema => schema;

    public override bool IsColumnActive(DataViewSchema.Column column) => column.Index < readers.Length && readers[column.Index] is not null;

    public override bool MoveNext()
    {
        if (_disposed || _batch == batches.Length)
            return false;
        if (_row.Index + 1 < _length)
        {
            _row.Index++;
            _position++;
            return true;
        }

        while (++_batch < batches.Length)
        {
            _length = batches[_batch].Length;
            if (_length == 0)
                continue;
            for (var i = 0; i < readers.Length; i++)
                readers[i]?.Enter(batches[_batch].Column(i));
            _row.Index = 0;
            _position++;
            return true;
        }

        _position = -1;
        return false;
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new InvalidOperationException($"Column '{column.Name}' was not asked for when the cursor was opened.");
        return readers[column.Index]!.CreateGetter(_row) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; it cannot be read as {typeof(TValue).Name}.");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter()
    {
        void Get(ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);
        return Get;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            foreach (var reader in readers)
                reader?.Dispose();
        }

        base.Dispose(disposing);
    }
}
