using Apache.Arrow;

namespace DataEngineX.Lakehouse.Text;

/// <summary>Writes the values of one column as text, batch after batch.</summary>
internal abstract class TextCell
{
    /// <summary>The most bytes that <see cref="Format"/> writes.</summary>
    internal const int MostBytes = 128;

    private IArrowArray _array = null!;
    private bool _hasNulls;

    /// <summary>Whether the text needs no quotes in JSON: numbers and truth values.</summary>
    internal virtual bool IsBare => false;

    /// <summary>Whether values are texts of any length, given by <see cref="Text"/>; others are formatted.</summary>
    internal virtual bool IsText => false;

    /// <summary>Starts a column.</summary>
    internal void Bind(IArrowArray array)
    {
        _array = array;
        _hasNulls = array.NullCount != 0;
        BindValues(array);
    }

    internal virtual bool IsNull(int row) => _hasNulls && _array.IsNull(row);

    /// <summary>The bytes of a text.</summary>
    internal virtual ReadOnlySpan<byte> Text(int row) => throw new InvalidOperationException("This column has no texts.");

    /// <summary>Writes a value that is no text; gives the length.</summary>
    internal virtual int Format(int row, Span<byte> to) => throw new InvalidOperationException("This column has texts only.");

    protected abstract void BindValues(IArrowArray array);
}
