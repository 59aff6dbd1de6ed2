using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>The values of a boolean column with its nulls, adjusted to its offset.</summary>
internal readonly ref struct Flags
{
    private readonly ReadOnlySpan<byte> _validity;
    private readonly ReadOnlySpan<byte> _values;
    private readonly int _offset;

    public Flags(BooleanArray column)
    {
        _validity = column.NullCount == 0 ? [] : column.Data.Buffers[0].Span;
        _values = column.Data.Buffers[1].Span;
        _offset = column.Offset;
    }

    public bool IsNull(int row) => !_validity.IsEmpty && !Bit(_validity, _offset + row);

    /// <summary>The value; anything for a null.</summary>
    public bool this[int row] => Bit(_values, _offset + row);

    private static bool Bit(ReadOnlySpan<byte> bits, int index) => ((bits[index >> 3] >> (index & 7)) & 1) != 0;
}
