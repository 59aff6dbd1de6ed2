using System.Buffers.Binary;
using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Maps of texts of which equal ones are one object: very many files are of few partitions.</summary>
internal sealed class SharedMaps
{
    private readonly Dictionary<byte[], Dictionary<string, string?>> _known = new(BytesComparer.Instance);
    private byte[] _content = new byte[256];
    private int _length;

    /// <summary>The map of some entries.</summary>
    internal Dictionary<string, string?> Of(StringArray keys, StringArray values, int start, int end)
    {
        _length = 0;
        for (var i = start; i < end; i++)
        {
            Put(keys.GetBytes(i), isNull: false);
            Put(values.GetBytes(i), values.IsNull(i));
        }

        var content = _content.AsSpan(0, _length);
        if (_known.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(content, out var map))
            return map;
        return _known[content.ToArray()] = Read(keys, values, start, end);
    }

    /// <summary>A map of some entries, made anew.</summary>
    internal static Dictionary<string, string?> Read(StringArray keys, StringArray values, int start, int end)
    {
        var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var i = start; i < end; i++)
            texts[keys.GetString(i)] = values.GetString(i);
        return texts;
    }

    private void Put(ReadOnlySpan<byte> text, bool isNull)
    {
        if (_length + sizeof(int) + text.Length > _content.Length)
            System.Array.Resize(ref _content, Math.Max(2 * _content.Length, _length + sizeof(int) + text.Length));
        BinaryPrimitives.WriteInt32LittleEndian(_content.AsSpan(_length), isNull ? -1 : text.Length);
        text.CopyTo(_content.AsSpan(_length + sizeof(int)));
        _length += sizeof(int) + text.Length;
    }
}
