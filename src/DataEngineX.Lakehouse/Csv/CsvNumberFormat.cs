namespace DataEngineX.Lakehouse.Csv;

/// <summary>How numbers are written.</summary>
internal readonly record struct CsvNumberFormat(byte Point, byte Thousands)
{
    internal const int MostBytes = 512;

    internal static CsvNumberFormat Of(CsvReadOptions options) =>
        new((byte)options.DecimalSeparator, options.ThousandsSeparator is { } thousands ? (byte)thousands : CsvDialect.Unused);

    internal bool IsPlain => Point == '.' && Thousands == CsvDialect.Unused;

    /// <summary>The same number with a point and without groups; false when the marks stand where they may not. Groups have three digits.</summary>
    internal bool TryPlain(ReadOnlySpan<byte> text, Span<byte> to, out int length)
    {
        length = 0;
        if (text.Length > to.Length)
            return false;
        int run = 0, grouped = 0;
        var whole = true;
        foreach (var value in text)
        {
            if (whole && value == Thousands)
            {
                if (run == 0 || run > 3 || (grouped > 0 && run != 3))
                    return false;
                grouped++;
                run = 0;
                continue;
            }

            var isDigit = value is >= (byte)'0' and <= (byte)'9';
            if (whole && !isDigit && grouped > 0 && run != 3)
                return false;
            run = isDigit ? run + 1 : 0;
            if (value == Point)
                to[length++] = (byte)'.';
            else if (value == '.')
                return false;
            else
                to[length++] = value;
            whole &= isDigit || value is (byte)'-' or (byte)'+';
        }

        return !whole || grouped == 0 || run == 3;
    }
}
