namespace DataEngineX.Quality;

/// <summary>What a profile knows of a column of text or bytes. Of bytes, all but lengths is zero or empty.</summary>
public sealed class TextProfile
{
    private readonly TextFacts _facts;

    internal TextProfile(TextState state) => _facts = state.Facts();

    /// <summary>Lengths in characters (code points); of bytes in bytes.</summary>
    public LengthProfile Lengths => LengthProfile.Of(_facts.Lengths);

    /// <summary>Values of length zero.</summary>
    public long Empty => _facts.Lengths.Empty;

    /// <summary>Values that are not empty and hold nothing but white space.</summary>
    public long Blank => _facts.Blank;

    /// <summary>Values with white space before or after something else.</summary>
    public long Padded => _facts.Padded;

    /// <summary>Values with an ASCII letter.</summary>
    public long WithLetters => _facts.WithLetters;

    /// <summary>Values with an ASCII digit.</summary>
    public long WithDigits => _facts.WithDigits;

    /// <summary>Values with white space.</summary>
    public long WithSpaces => _facts.WithSpaces;

    /// <summary>Values with an ASCII character that is no letter, digit or white space.</summary>
    public long WithSymbols => _facts.WithSymbols;

    /// <summary>Values with a character beyond ASCII.</summary>
    public long WithNonAscii => _facts.WithNonAscii;

    /// <summary>Values whose ASCII letters are all upper case.</summary>
    public long UpperCase => _facts.Upper;

    /// <summary>Values whose ASCII letters are all lower case.</summary>
    public long LowerCase => _facts.Lower;

    /// <summary>Values with ASCII letters of both cases.</summary>
    public long MixedCase => _facts.MixedCase;

    /// <summary>Values that are no valid UTF-8.</summary>
    public long Malformed => _facts.Malformed;

    /// <summary>The least value by code point, of at most its first 1,024 bytes; null without values.</summary>
    public string? Min => _facts.Min;

    /// <summary>The greatest value by code point.</summary>
    public string? Max => _facts.Max;

    /// <summary>
    /// Masks of the first 32 characters by falling count: <c>A</c> and <c>a</c> for ASCII letters, <c>9</c> for digits, <c>*</c> beyond ASCII,
    /// others as they are. Counts are exact up to 128 masks.
    /// </summary>
    /// <param name="most">How many at most. <value>Default: 10.</value></param>
    public IReadOnlyList<CountedValue> Patterns(int most = 10) =>
        CountedValues.Top(_facts.Patterns, most, static b => System.Text.Encoding.UTF8.GetString(b));

    /// <summary>What the values look like, by falling count; empty and blank ones are left out.</summary>
    public IReadOnlyList<SemanticCount> Semantics
    {
        get
        {
            var counts = _facts.Semantics.ToArray();
            var total = counts.Sum();
            return [.. counts.Select((c, i) => new SemanticCount((SemanticType)i, c, total == 0 ? 0 : (double)c / total))
                .Where(c => c.Count > 0).OrderByDescending(c => c.Count).ThenBy(c => c.Type)];
        }
    }

    /// <summary>The one type that at least 95 % of the values look like, or null when that is none or plain text.</summary>
    public SemanticType? SemanticType => Semantics is [{ Share: >= 0.95, Type: not Quality.SemanticType.Text } first, ..] ? first.Type : null;
}
