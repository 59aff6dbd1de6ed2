using System.Buffers;
using System.Buffers.Binary;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Finds the row that has a key. Keys are compared by the bytes of their cells, minus zero counting as zero.</summary>
internal sealed class KeyIndex
{
    private readonly Schema _schema;
    private readonly int[] _columns;
    private readonly Dictionary<byte[], int> _rows = new(BytesComparer.Instance);
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly ArrayBufferWriter<byte> _buffer = new();

    internal KeyIndex(Schema schema, IReadOnlyList<string> key)
    {
        _schema = schema;
        _columns = [.. key.Select(k => schema.GetFieldIndex(k))];
        _lookup = _rows.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The positions of the key columns.</summary>
    internal IReadOnlyList<int> Columns => _columns;

    /// <summary>The rows kept, one for each key, in ascending order.</summary>
    internal int[] Rows => [.. _rows.Values.Order()];

    /// <summary>The names of key columns that have a null in a batch.</summary>
    internal IEnumerable<string> ColumnsWithNull(RecordBatch batch) =>
        _columns.Where(c => batch.Column(c).NullCount > 0).Select(c => _schema.FieldsList[c].Name);

    /// <summary>Sets the row of each key of a batch; the last one of a key stays.</summary>
    internal void Put(RecordBatch batch)
    {
        var cells = Cells.Of(batch);
        for (var row = 0; row < batch.Length; row++)
            _lookup[Encode(cells, row)] = row;
    }

    /// <summary>The row that has the key of a row of another batch, or -1; a key with a null is nobody's.</summary>
    internal int Find(Cells[] cells, int row)
    {
        foreach (var column in _columns)
        {
            if (cells[column].IsNull(row))
                return -1;
        }

        return _lookup.TryGetValue(Encode(cells, row), out var found) ? found : -1;
    }

    private ReadOnlySpan<byte> Encode(Cells[] cells, int row)
    {
        _buffer.ResetWrittenCount();
        foreach (var column in _columns)
        {
            var cell = cells[column][row];
            if (!cells[column].IsFixed)
            {
                BinaryPrimitives.WriteInt32LittleEndian(_buffer.GetSpan(4), cell.Length);
                _buffer.Advance(4);
            }

            if (IsMinusZero(_schema.FieldsList[column].DataType, cell))
            {
                _buffer.GetSpan(cell.Length)[..cell.Length].Clear();
                _buffer.Advance(cell.Length);
            }
            else
            {
                _buffer.Write(cell);
            }
        }

        return _buffer.WrittenSpan;
    }

    private static bool IsMinusZero(IArrowType type, ReadOnlySpan<byte> cell) => type switch
    {
        DoubleType => BinaryPrimitives.ReadDoubleLittleEndian(cell) == 0,
        FloatType => BinaryPrimitives.ReadSingleLittleEndian(cell) == 0,
        _ => false,
    };
}
