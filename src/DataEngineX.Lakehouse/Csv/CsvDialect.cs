namespace DataEngineX.Lakehouse.Csv;

/// <summary>The bytes that have a meaning in a file. A mark that is not used is a byte that never occurs in UTF-8.</summary>
internal readonly record struct CsvDialect(byte Separator, byte Quote, byte Comment)
{
    internal const byte Unused = 0xFF;

    internal bool HasComments => Comment != Unused;

    internal static CsvDialect Of(CsvReadOptions options) =>
        new((byte)options.Separator, options.Quote is { } quote ? (byte)quote : Unused, options.Comment is { } comment ? (byte)comment : Unused);

    /// <summary>Refuses marks that cannot be told apart.</summary>
    internal static void Check(CsvReadOptions options)
    {
        CheckMark(options.Separator, "separator", options);
        if (options.Quote is { } quote)
            CheckMark(quote, "quote", options);
        if (options.Comment is { } comment)
            CheckMark(comment, "comment mark", options);
        if (options.Quote == options.Separator || options.Comment == options.Separator || (options.Quote is not null && options.Quote == options.Comment))
            throw new ArgumentException("Separator, quote and comment mark must be three different characters.", nameof(options));
        if (options.DecimalSeparator is not ('.' or ','))
            throw new ArgumentException("The decimal separator must be '.' or ','.", nameof(options));
        if (options.ThousandsSeparator is { } thousands
            && (thousands > 127 || char.IsAsciiLetterOrDigit(thousands) || thousands is '-' or '+' || thousands == options.DecimalSeparator))
        {
            throw new ArgumentException("The thousands separator must be an ASCII character that is no letter, digit, sign or decimal separator.", nameof(options));
        }
    }

    private static void CheckMark(char mark, string what, CsvReadOptions options)
    {
        if (mark is '\r' or '\n' or '\0' || mark > 127)
            throw new ArgumentException($"The {what} must be one ASCII character other than a line end or NUL; longer ones are not supported.", nameof(options));
    }
}
