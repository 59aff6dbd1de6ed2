using System.Runtime.CompilerServices;
using System.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>What an option says of single fields: which texts mean null, how quotes come off, whether texts are trimmed.</summary>
internal sealed class CsvFieldRules
{
    private readonly byte[][] _nullTexts;
    private readonly ulong _nullLengths = 1;

    internal CsvFieldRules(CsvReadOptions options)
    {
        Quote = CsvDialect.Of(options).Quote;
        Trims = options.Trim;
        _nullTexts = [.. options.NullTexts.Select(Encoding.UTF8.GetBytes)];
        foreach (var text in _nullTexts)
            _nullLengths |= 1UL << Math.Min(text.Length, 63);
        HasNumericNullTexts = options.NullTexts.Any(static t => t.Length > 0 && (char.IsAsciiDigit(t[0]) || t[0] is '-' or '+' or '.' or ','));
    }

    /// <summary>Whether a text that means null could be taken for a number or a day.</summary>
    internal bool HasNumericNullTexts { get; }

    internal byte Quote { get; }

    internal bool Trims { get; }

    /// <summary>Whether an unquoted field of this length could be null; then <see cref="IsNull"/> decides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool MayBeNull(int length) => ((_nullLengths >> Math.Min(length, 63)) & 1) != 0;

    /// <summary>
    /// The text of a field without quotes; false when it is null. An empty field is null, except that a quoted empty text is an empty text.
    /// </summary>
    /// <param name="field">The field as it stands; the text inside it afterwards, with quotes still doubled.</param>
    /// <param name="hasQuotes">Whether it may be quoted.</param>
    /// <param name="doubled">How many quotes are doubled.</param>
    /// <param name="isText">Whether it is wanted as text.</param>
    internal bool TryText(ref ReadOnlySpan<byte> field, bool hasQuotes, out int doubled, bool isText = false)
    {
        doubled = 0;
        if (hasQuotes && CsvQuotes.Strip(ref field, Quote, out var escaped))
        {
            doubled = escaped ? field.Count(Quote) / 2 : 0;
            return isText || !field.IsEmpty;
        }

        if (Trims)
            field = field.Trim(" \t"u8);
        return !(MayBeNull(field.Length) && IsNull(field));
    }

    /// <summary>Whether an unquoted text means null.</summary>
    internal bool IsNull(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return true;
        foreach (var nullText in _nullTexts)
        {
            if (text.SequenceEqual(nullText))
                return true;
        }

        return false;
    }
}
