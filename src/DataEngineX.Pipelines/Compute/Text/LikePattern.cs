using System.Text;

namespace DataEngineX.Compute;

/// <summary>An SQL LIKE pattern: parts between percent signs, each a run of literal texts and single characters.</summary>
internal sealed class LikePattern
{
    private const byte AnyCharacter = 0xFF;

    private readonly byte[][] _parts;

    private LikePattern(byte[][] parts) => _parts = parts;

    /// <summary>What a pattern without <c>_</c> asks for, so that plain tests can answer it.</summary>
    public enum Shape
    {
        Same,
        Prefix,
        Suffix,
        Contains,
        Anything,
        Other,
    }

    public Shape Form => _parts.Any(p => p.Contains(AnyCharacter)) ? Shape.Other : _parts switch
    {
        [_] => Shape.Same,
        [_, []] when _parts[0].Length > 0 => Shape.Prefix,
        [[], _] when _parts[1].Length > 0 => Shape.Suffix,
        [[], _, []] => Shape.Contains,
        [[], []] => Shape.Anything,
        _ => Shape.Other,
    };

    /// <summary>The one literal of a pattern that has a shape.</summary>
    public byte[] Literal => _parts.FirstOrDefault(p => p.Length > 0) ?? [];

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">Text in which % is any text and _ one character.</param>
    /// <param name="escape">What makes the character after it literal; null for none.</param>
    /// <exception cref="FormatException">The escape is the last character or stands before a plain one.</exception>
    public static LikePattern Parse(string pattern, Rune? escape)
    {
        var parts = new List<byte[]>();
        var part = new List<byte>();
        Span<byte> encoded = stackalloc byte[4];
        bool literal = false;
        foreach (Rune rune in pattern.EnumerateRunes())
        {
            if (!literal && rune == escape)
            {
                literal = true;
                continue;
            }

            if (literal && rune != escape && rune.Value is not ('%' or '_'))
            {
                throw new FormatException($"the escape '{escape}' stands before '{rune}', but it may only stand before %, _ and itself");
            }

            if (!literal && rune.Value == '%')
            {
                parts.Add([.. part]);
                part.Clear();
            }
            else if (!literal && rune.Value == '_')
            {
                part.Add(AnyCharacter);
            }
            else
            {
                part.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
            }

            literal = false;
        }

        if (literal)
        {
            throw new FormatException($"the escape '{escape}' is its last character");
        }

        parts.Add([.. part]);
        return new LikePattern([.. parts.Where((p, i) => p.Length > 0 || i == 0 || i == parts.Count - 1)]);
    }

    public bool Matches(ReadOnlySpan<byte> text)
    {
        int at = MatchAt(_parts[0], text);
        if (at < 0)
        {
            return false;
        }

        if (_parts.Length == 1)
        {
            return at == text.Length;
        }

        ReadOnlySpan<byte> rest = text[at..];
        for (int p = 1; p < _parts.Length - 1; p++)
        {
            int end = Find(_parts[p], rest);
            if (end < 0)
            {
                return false;
            }

            rest = rest[end..];
        }

        byte[] last = _parts[^1];
        int start = CodePoints.OffsetFromEnd(rest, CharactersOf(last));
        ReadOnlySpan<byte> tail = rest[start..];
        return MatchAt(last, tail) == tail.Length;
    }

    /// <summary>The end of the first occurrence of a part, or -1.</summary>
    private static int Find(byte[] part, ReadOnlySpan<byte> text)
    {
        if (!part.Contains(AnyCharacter))
        {
            int found = text.IndexOf(part);
            return found < 0 ? -1 : found + part.Length;
        }

        for (int start = 0; start <= text.Length;)
        {
            int length = MatchAt(part, text[start..]);
            if (length >= 0)
            {
                return start + length;
            }

            start += Math.Max(1, CodePoints.Offset(text[start..], 1));
        }

        return -1;
    }

    /// <summary>The bytes that a part takes at the start of a text, or -1.</summary>
    private static int MatchAt(byte[] part, ReadOnlySpan<byte> text)
    {
        int at = 0;
        foreach (byte wanted in part)
        {
            if (at >= text.Length)
            {
                return -1;
            }

            if (wanted == AnyCharacter)
            {
                at += CodePoints.Offset(text[at..], 1);
            }
            else if (text[at++] != wanted)
            {
                return -1;
            }
        }

        return at;
    }

    private static int CharactersOf(byte[] part) => CodePoints.Count(part);
}
