using System.Buffers;
using System.Text;

namespace DataEngineX.Compute;

/// <summary>Makes one text of another.</summary>
internal interface ITextOp
{
    void Write(int row, ReadOnlySpan<byte> text, ref BytesWriter writer);
}

internal readonly ref struct CaseOp(bool upper, Span<char> source, Span<char> changed) : ITextOp
{
    private readonly Span<char> _source = source;
    private readonly Span<char> _changed = changed;

    public void Write(int row, ReadOnlySpan<byte> text, ref BytesWriter writer)
    {
        if (Ascii.IsValid(text))
        {
            Span<byte> target = writer.Ask(text.Length);
            _ = upper ? Ascii.ToUpper(text, target, out _) : Ascii.ToLower(text, target, out _);
            writer.Advance(text.Length);
            return;
        }

        int length = Encoding.UTF8.GetChars(text, _source);
        int written = upper
            ? ((ReadOnlySpan<char>)_source[..length]).ToUpperInvariant(_changed)
            : ((ReadOnlySpan<char>)_source[..length]).ToLowerInvariant(_changed);
        writer.WriteChars(_changed[..written]);
    }
}

/// <summary>Takes white space, or the given code points, away at the ends.</summary>
internal readonly struct TrimOp(bool start, bool end, Rune[]? characters) : ITextOp
{
    public void Write(int row, ReadOnlySpan<byte> text, ref BytesWriter writer)
    {
        ReadOnlySpan<byte> rest = text;
        while (start && Rune.DecodeFromUtf8(rest, out Rune rune, out int length) == OperationStatus.Done && IsTaken(rune))
        {
            rest = rest[length..];
        }

        while (end && Rune.DecodeLastFromUtf8(rest, out Rune rune, out int length) == OperationStatus.Done && IsTaken(rune))
        {
            rest = rest[..^length];
        }

        writer.Write(rest);
    }

    private bool IsTaken(Rune rune) => characters is null ? Rune.IsWhiteSpace(rune) : Array.IndexOf(characters, rune) >= 0;
}

internal readonly ref struct SubstringOp(NumberInput starts, NumberInput lengths) : ITextOp
{
    private readonly NumberInput _starts = starts;
    private readonly NumberInput _lengths = lengths;

    public void Write(int row, ReadOnlySpan<byte> text, ref BytesWriter writer)
    {
        long start = _starts[row];
        ReadOnlySpan<byte> rest = text[(start < 0 ? CodePoints.OffsetFromEnd(text, -start) : CodePoints.Offset(text, start))..];
        long length = Math.Max(0, _lengths[row]);
        writer.Write(length >= rest.Length ? rest : rest[..CodePoints.Offset(rest, length)]);
    }
}

/// <summary>Characters at the start (or the end); a negative number leaves so many away at the other side.</summary>
internal readonly ref struct EdgeOp(NumberInput counts, bool left) : ITextOp
{
    private readonly NumberInput _counts = counts;

    public void Write(int row, ReadOnlySpan<byte> text, ref BytesWriter writer)
    {
        long count = _counts[row];
        int at = left == count < 0 ? CodePoints.OffsetFromEnd(text, Size(count)) : CodePoints.Offset(text, Size(count));
        writer.Write(left ? text[..at] : text[at..]);
    }

    private static long Size(long count) => count == long.MinValue ? long.MaxValue : Math.Abs(count);
}

internal readonly ref struct ReplaceOp(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to) : ITextOp
{
    private readonly ReadOnlySpan<byte> _from = from;
    private readonly ReadOnlySpan<byte> _to = to;

    public void Write(int row, ReadOnlySpan<byte> text, ref BytesWriter writer)
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

/// <summary>Fills up to a width with a text that is repeated and cut as needed.</summary>
internal readonly ref struct PadOp(NumberInput widths, ReadOnlySpan<byte> padding, bool left) : ITextOp
{
    private readonly NumberInput _widths = widths;
    private readonly ReadOnlySpan<byte> _padding = padding;
    private readonly int _period = CodePoints.Count(padding);

    public void Write(int row, ReadOnlySpan<byte> text, ref BytesWriter writer)
    {
        long missing = Math.Max(0, _widths[row] - CodePoints.Count(text));
        if (!left)
        {
            writer.Write(text);
        }

        (long whole, long part) = Math.DivRem(missing, _period);
        TextLoops.WriteRepeated(_padding, whole, row, ref writer);
        writer.Write(_padding[..CodePoints.Offset(_padding, part)]);
        if (left)
        {
            writer.Write(text);
        }
    }
}

internal readonly ref struct RepeatOp(NumberInput counts) : ITextOp
{
    private readonly NumberInput _counts = counts;

    public void Write(int row, ReadOnlySpan<byte> text, ref BytesWriter writer) =>
        TextLoops.WriteRepeated(text, _counts[row], row, ref writer);
}

internal readonly struct ReverseOp : ITextOp
{
    public void Write(int row, ReadOnlySpan<byte> text, ref BytesWriter writer)
    {
        Span<byte> target = writer.Ask(text.Length);
        int at = 0;
        for (int end = text.Length; end > 0;)
        {
            int start = CodePoints.OffsetFromEnd(text[..end], 1);
            text[start..end].CopyTo(target[at..]);
            at += end - start;
            end = start;
        }

        writer.Advance(text.Length);
    }
}
