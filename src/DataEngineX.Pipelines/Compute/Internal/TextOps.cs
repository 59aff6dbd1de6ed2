using System.Text;

namespace DataEngineX.Compute;

/// <summary>Makes one text of another.</summary>
internal interface ITextOp
{
    void Write(ReadOnlySpan<byte> text, ref BytesWriter writer);
}

internal readonly struct CaseOp(bool upper) : ITextOp
{
    public void Write(ReadOnlySpan<byte> text, ref BytesWriter writer)
    {
        if (Ascii.IsValid(text))
        {
            Span<byte> target = writer.Ask(text.Length);
            _ = upper ? Ascii.ToUpper(text, target, out _) : Ascii.ToLower(text, target, out _);
            writer.Advance(text.Length);
            return;
        }

        string source = Encoding.UTF8.GetString(text);
        string changed = upper ? source.ToUpperInvariant() : source.ToLowerInvariant();
        writer.Advance(Encoding.UTF8.GetBytes(changed, writer.Ask(Encoding.UTF8.GetMaxByteCount(changed.Length))));
    }
}

internal readonly struct TrimOp : ITextOp
{
    public void Write(ReadOnlySpan<byte> text, ref BytesWriter writer)
    {
        ReadOnlySpan<byte> rest = text;
        while (Rune.DecodeFromUtf8(rest, out Rune rune, out int length) == System.Buffers.OperationStatus.Done && Rune.IsWhiteSpace(rune))
        {
            rest = rest[length..];
        }

        while (Rune.DecodeLastFromUtf8(rest, out Rune rune, out int length) == System.Buffers.OperationStatus.Done && Rune.IsWhiteSpace(rune))
        {
            rest = rest[..^length];
        }

        writer.Write(rest);
    }
}

internal readonly struct SubstringOp(int start, int length) : ITextOp
{
    public void Write(ReadOnlySpan<byte> text, ref BytesWriter writer)
    {
        ReadOnlySpan<byte> rest = text[CodePoints.Offset(text, start)..];
        writer.Write(rest[..CodePoints.Offset(rest, length)]);
    }
}

internal readonly ref struct ReplaceOp(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to) : ITextOp
{
    private readonly ReadOnlySpan<byte> _from = from;
    private readonly ReadOnlySpan<byte> _to = to;

    public void Write(ReadOnlySpan<byte> text, ref BytesWriter writer)
    {
        ReadOnlySpan<byte> rest = text;
        int at;
        while ((at = rest.IndexOf(_from)) >= 0)
        {
            writer.Write(rest[..at]);
            writer.Write(_to);
            rest = rest[(at + _from.Length)..];
        }

        writer.Write(rest);
    }
}

/// <summary>Code points of UTF-8: every byte that does not continue one begins one.</summary>
internal static class CodePoints
{
    public static int Count(ReadOnlySpan<byte> text)
    {
        int count = 0;
        foreach (byte b in text)
        {
            count += (b & 0xC0) != 0x80 ? 1 : 0;
        }

        return count;
    }

    /// <summary>The byte at which code point <paramref name="index"/> begins, or the end.</summary>
    public static int Offset(ReadOnlySpan<byte> text, int index)
    {
        int at = 0;
        for (int left = index; at < text.Length; at++)
        {
            if ((text[at] & 0xC0) != 0x80 && left-- == 0)
            {
                return at;
            }
        }

        return at;
    }
}
