namespace DataEngineX.Lakehouse.Csv;

/// <summary>Turns fields into values of one type. A struct, so that the loop over a column is compiled for it.</summary>
internal unsafe interface ICsvParser<T>
{
    /// <summary>The common forms, fast; false leaves the field to <see cref="TryParse"/>. Sixteen bytes behind the field can be read.</summary>
    bool TryFast(byte* text, int length, out T value);

    /// <summary>All forms; the text is trimmed.</summary>
    bool TryParse(ReadOnlySpan<byte> text, out T value);
}
