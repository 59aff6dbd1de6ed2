using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>The bytes of a utf8 or binary column, adjusted to its offset.</summary>
internal readonly ref struct TextColumn
{
    private readonly ReadOnlySpan<int> _offsets;
    private readonly ReadOnlySpan<byte> _bytes;

    public TextColumn(IArrowArray column)
    {
        if (column.Length == 0 || column is NullArray)
            return;
        _offsets = MemoryMarshal.Cast<byte, int>(column.Data.Buffers[1].Span).Slice(column.Offset, column.Length + 1);
        _bytes = column.Data.Buffers[2].Span;
    }

    /// <summary>Where each text begins in <see cref="Bytes"/>, and where the last ends; nothing without rows.</summary>
    public ReadOnlySpan<int> Offsets => _offsets;

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>A text as a key, where it is short enough for one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryKey(int row, out Key16 key)
    {
        var start = _offsets[row];
        var length = _offsets[row + 1] - start;
        if (length > Key16.MaxLength)
        {
            key = default;
            return false;
        }

        key = start <= _bytes.Length - 16 ? Key16.Of(Vector128.Create(_bytes.Slice(start, 16)), length) : Key16.Of(_bytes.Slice(start, length));
        return true;
    }

    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            var start = _offsets[row];
            return _bytes.Slice(start, _offsets[row + 1] - start);
        }
    }
}
