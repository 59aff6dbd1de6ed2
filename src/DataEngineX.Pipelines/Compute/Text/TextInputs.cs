using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace DataEngineX.Compute;

/// <summary>One text a row: those of a column, or the same for all rows.</summary>
internal readonly ref struct TextInput
{
    private readonly BytesColumn _column;
    private readonly ReadOnlySpan<byte> _constant;
    private readonly bool _isColumn;

    public TextInput(ArrayData column)
    {
        _column = new BytesColumn(column);
        _isColumn = true;
    }

    public TextInput(ReadOnlySpan<byte> constant) => _constant = constant;

    public bool IsConstant => !_isColumn;

    public ReadOnlySpan<byte> this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _isColumn ? _column[row] : _constant;
    }
}

/// <summary>One whole number a row: those of an int64 column, or the same for all rows.</summary>
internal readonly ref struct NumberInput
{
    private readonly ReadOnlySpan<long> _values;
    private readonly long _constant;
    private readonly bool _isColumn;

    public NumberInput(ArrayData column)
    {
        _values = Columns.Values<long>(column);
        _isColumn = true;
    }

    public NumberInput(long constant) => _constant = constant;

    public bool IsConstant => !_isColumn;

    public long this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _isColumn ? _values[row] : _constant;
    }
}
