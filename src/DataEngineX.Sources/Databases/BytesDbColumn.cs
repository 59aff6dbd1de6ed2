using System.Buffers;
using System.Data.Common;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Sources;

/// <summary>Texts and byte strings.</summary>
internal sealed class BytesDbColumn : DbColumn
{
    private readonly ArrowBuffer.Builder<int> _offsets = new();
    private readonly ArrowBuffer.Builder<byte> _bytes = new();
    private readonly bool _isText;

    internal BytesDbColumn(Field field)
        : base(field)
    {
        _isText = field.DataType.TypeId == ArrowTypeId.String;
        _offsets.Append(0);
    }

    internal override long Bytes => _bytes.Length;

    protected override void AppendValue(DbDataReader row, int ordinal)
    {
        var type = row.GetFieldType(ordinal);
        if (_isText && type == typeof(string))
            AppendText(row.GetString(ordinal));
        else if (_isText && (type == typeof(Guid) || type == typeof(char)))
            AppendText(row.GetValue(ordinal).ToString()!);
        else if (!_isText && type == typeof(byte[]))
            _bytes.Append(row.GetFieldValue<byte[]>(ordinal).AsSpan());
        else
            throw DbCells.Misfit(row, ordinal, Field, null);
        _offsets.Append(_bytes.Length);
    }

    private void AppendText(string text)
    {
        var room = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            _bytes.Append(room.AsSpan(0, Encoding.UTF8.GetBytes(text, room)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    protected override void AppendEmpty() => _offsets.Append(_bytes.Length);

    protected override void AddBuffers(List<ArrowBuffer> buffers, MemoryAllocator allocator)
    {
        buffers.Add(_offsets.Build(allocator));
        buffers.Add(_bytes.Build(allocator));
    }

    protected override void Clear()
    {
        _offsets.Clear();
        _bytes.Clear();
        _offsets.Append(0);
    }
}
