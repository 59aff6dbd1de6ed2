using Apache.Arrow;

namespace DataEngineX.Compute;

/// <summary>Packed keys of some rows.</summary>
/// <param name="layout">How they are packed.</param>
/// <param name="rows">The keys.</param>
/// <param name="texts">By key column, the column with the texts of the rows; may be null where no text is long.</param>
/// <param name="start">The row of those columns that belongs to the first key.</param>
internal readonly ref struct KeyChunk(KeyLayout layout, ReadOnlySpan<ulong> rows, IReadOnlyList<IArrowArray?> texts, int start)
{
    public KeyLayout Layout { get; } = layout;

    public ReadOnlySpan<ulong> Rows { get; } = rows;

    public IReadOnlyList<IArrowArray?> Texts { get; } = texts;

    public int Start { get; } = start;

    public ReadOnlySpan<ulong> this[int row] => Rows.Slice(row * Layout.Words, Layout.Words);

    /// <summary>The text of a row that is long.</summary>
    public ReadOnlySpan<byte> Text(int column, int row) => new BytesColumn(Texts[column]!.Data)[Start + row];

    /// <summary>Whether some text of a column is long.</summary>
    public bool AnyLong(int column) =>
        Layout.Fields[column].Words == 2 && Texts[column] is { } texts && KeyText.AnyLong(texts.Data, Start, Rows.Length / Layout.Words);
}
