namespace DataEngineX.Lakehouse.Csv;

/// <summary>Takes quotes off fields.</summary>
internal static class CsvQuotes
{
    /// <summary>Strips the quotes of a field; true when it had them. In a field with text after its closing quote that text is dropped.</summary>
    internal static bool Strip(ref ReadOnlySpan<byte> field, byte quote, out bool escaped)
    {
        escaped = false;
        if (field.IsEmpty || field[0] != quote)
            return false;
        var content = field[1..];
        if (content.Length > 0 && content[^1] == quote && !content[..^1].Contains(quote))
        {
            field = content[..^1];
            return true;
        }

        var to = 0;
        while (true)
        {
            var next = content[to..].IndexOf(quote);
            if (next < 0)
            {
                field = content;
                return true;
            }

            to += next;
            if (to + 1 == content.Length || content[to + 1] != quote)
                break;
            escaped = true;
            to += 2;
        }

        field = content[..to];
        return true;
    }

    /// <summary>Copies a text with each pair of quotes as one; gives the length.</summary>
    internal static int Unescape(ReadOnlySpan<byte> text, byte quote, Span<byte> to)
    {
        var length = 0;
        while (true)
        {
            var next = text.IndexOf(quote);
            if (next < 0)
                break;
            text[..(next + 1)].CopyTo(to[length..]);
            length += next + 1;
            text = text[Math.Min(next + 2, text.Length)..];
        }

        text.CopyTo(to[length..]);
        return length + text.Length;
    }
}
