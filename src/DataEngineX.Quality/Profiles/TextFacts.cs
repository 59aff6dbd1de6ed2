using System.Text;
using System.Text.Unicode;

namespace DataEngineX.Quality;

/// <summary>What texts are made of. Each text is given with the number of times it is there.</summary>
internal sealed class TextFacts(bool isText)
{
    private const int Masks = 64;
    private const int MostMask = 32;
    private const int KeptEnd = 1024;
    private static readonly byte[] Classes = MakeClasses();
    private readonly long[] _semantics = new long[SemanticTypes.Count];
    private byte[]? _min;
    private byte[]? _max;

    /// <summary>Lengths in characters (code points), of binary in bytes.</summary>
    public LengthCounts Lengths { get; private set; } = new();

    public BytesCounts Patterns { get; private set; } = new(Masks);

    public long Blank { get; private set; }

    public long Padded { get; private set; }

    public long WithLetters { get; private set; }

    public long WithDigits { get; private set; }

    public long WithSpaces { get; private set; }

    public long WithSymbols { get; private set; }

    public long WithNonAscii { get; private set; }

    public long Upper { get; private set; }

    public long Lower { get; private set; }

    public long MixedCase { get; private set; }

    public long Malformed { get; private set; }

    public ReadOnlySpan<long> Semantics => _semantics;

    public string? Min => _min is null ? null : Encoding.UTF8.GetString(_min);

    public string? Max => _max is null ? null : Encoding.UTF8.GetString(_max);

    public void Add(ReadOnlySpan<byte> text, long count)
    {
        if (!isText)
        {
            Lengths.Add(text.Length, count);
            return;
        }

        TakeEnds(text);
        Span<byte> mask = stackalloc byte[MostMask + 3];
        var seen = Look(text, mask, out var masked, out var characters);
        Lengths.Add(characters, count);
        if (text.IsEmpty)
            return;
        TakeClasses(seen, count);
        Patterns.AddFrequent(mask[..masked], masked, HashMix.Of(mask[..masked]), count);
        if ((seen & Kinds.NonAscii) != 0 && !Utf8.IsValid(text))
            Malformed += count;
        var inner = Trim(text);
        if (inner.IsEmpty)
            Blank += count;
        else
            _semantics[(int)SemanticTypes.Of(inner)] += count;
        if (inner.Length != text.Length && !inner.IsEmpty)
            Padded += count;
    }

    public void Merge(TextFacts other)
    {
        Lengths.Merge(other.Lengths);
        for (var i = 0; i < other.Patterns.Count; i++)
            Patterns.AddFrequent(other.Patterns.Text(i), other.Patterns[i].Length, other.Patterns[i].Hash, other.Patterns[i].Count);
        Patterns.AddError(other.Patterns.Error);
        Blank += other.Blank;
        Padded += other.Padded;
        WithLetters += other.WithLetters;
        WithDigits += other.WithDigits;
        WithSpaces += other.WithSpaces;
        WithSymbols += other.WithSymbols;
        WithNonAscii += other.WithNonAscii;
        Upper += other.Upper;
        Lower += other.Lower;
        MixedCase += other.MixedCase;
        Malformed += other.Malformed;
        for (var i = 0; i < _semantics.Length; i++)
            _semantics[i] += other._semantics[i];
        if (other._min is not null)
            TakeEnds(other._min);
        if (other._max is not null)
            TakeEnds(other._max);
    }

    public void Save(BinaryWriter writer)
    {
        Lengths.Save(writer);
        Patterns.Save(writer);
        foreach (var count in (ReadOnlySpan<long>)[Blank, Padded, WithLetters, WithDigits, WithSpaces, WithSymbols, WithNonAscii, Upper, Lower, MixedCase, Malformed, .. _semantics])
            writer.Write7BitEncodedInt64(count);
        foreach (var end in new[] { _min, _max })
        {
            writer.Write7BitEncodedInt(end?.Length + 1 ?? 0);
            writer.Write(end ?? []);
        }
    }

    public static TextFacts Load(BinaryReader reader, bool isText)
    {
        var facts = new TextFacts(isText)
        {
            Lengths = LengthCounts.Load(reader),
            Patterns = BytesCounts.Load(reader, Masks),
            Blank = reader.Read7BitEncodedInt64(),
            Padded = reader.Read7BitEncodedInt64(),
            WithLetters = reader.Read7BitEncodedInt64(),
            WithDigits = reader.Read7BitEncodedInt64(),
            WithSpaces = reader.Read7BitEncodedInt64(),
            WithSymbols = reader.Read7BitEncodedInt64(),
            WithNonAscii = reader.Read7BitEncodedInt64(),
            Upper = reader.Read7BitEncodedInt64(),
            Lower = reader.Read7BitEncodedInt64(),
            MixedCase = reader.Read7BitEncodedInt64(),
            Malformed = reader.Read7BitEncodedInt64(),
        };
        for (var i = 0; i < facts._semantics.Length; i++)
            facts._semantics[i] = reader.Read7BitEncodedInt64();
        facts._min = LoadEnd(reader);
        facts._max = LoadEnd(reader);
        return facts;
    }

    private static byte[]? LoadEnd(BinaryReader reader)
    {
        var length = StateFormat.Length(reader, KeptEnd + 1);
        return length == 0 ? null : StateFormat.Block(reader, length - 1);
    }

    /// <summary>The least and the greatest by bytes, which is code-point order; of long texts the beginning counts.</summary>
    private void TakeEnds(ReadOnlySpan<byte> text)
    {
        var end = text[..Math.Min(text.Length, KeptEnd)];
        if (_min is null || end.SequenceCompareTo(_min) < 0)
            _min = end.ToArray();
        if (_max is null || end.SequenceCompareTo(_max) > 0)
            _max = end.ToArray();
    }

    /// <summary>Counts characters, writes the mask and gathers the kinds of characters.</summary>
    private static Kinds Look(ReadOnlySpan<byte> text, Span<byte> mask, out int masked, out int characters)
    {
        var kinds = Kinds.None;
        var classes = Classes;
        (masked, characters) = (0, 0);
        foreach (var b in text)
        {
            var kind = (Kinds)classes[b];
            kinds |= kind;
            if (kind == Kinds.Continuation)
                continue;
            if (characters++ < MostMask)
                mask[masked++] = kind switch
                {
                    Kinds.Upper => (byte)'A',
                    Kinds.Lower => (byte)'a',
                    Kinds.Digit => (byte)'9',
                    Kinds.NonAscii => (byte)'*',
                    _ => b,
                };
        }

        if (characters > MostMask)
        {
            "…"u8.CopyTo(mask[masked..]);
            masked += 3;
        }

        return kinds;
    }

    private void TakeClasses(Kinds seen, long count)
    {
        var isUpper = (seen & Kinds.Upper) != 0;
        var isLower = (seen & Kinds.Lower) != 0;
        WithLetters += isUpper || isLower ? count : 0;
        WithDigits += (seen & Kinds.Digit) != 0 ? count : 0;
        WithSpaces += (seen & Kinds.Space) != 0 ? count : 0;
        WithSymbols += (seen & Kinds.Symbol) != 0 ? count : 0;
        WithNonAscii += (seen & Kinds.NonAscii) != 0 ? count : 0;
        Upper += isUpper && !isLower ? count : 0;
        Lower += isLower && !isUpper ? count : 0;
        MixedCase += isLower && isUpper ? count : 0;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        if (!IsSpace(text[0]) && !IsSpace(text[^1]))
            return text;
        return text.Trim(" \t\r\n\v\f"u8);
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or (>= 9 and <= 13);

    private static byte[] MakeClasses()
    {
        var classes = new byte[256];
        for (var b = 0; b < 256; b++)
        {
            classes[b] = (byte)(b switch
            {
                >= 0x80 and < 0xC0 => Kinds.Continuation,
                >= 0xC0 => Kinds.NonAscii,
                _ when char.IsAsciiLetterUpper((char)b) => Kinds.Upper,
                _ when char.IsAsciiLetterLower((char)b) => Kinds.Lower,
                _ when char.IsAsciiDigit((char)b) => Kinds.Digit,
                _ when IsSpace((byte)b) => Kinds.Space,
                _ => Kinds.Symbol,
            });
        }

        return classes;
    }

    [Flags]
    private enum Kinds : byte
    {
        None = 0,
        Upper = 1,
        Lower = 2,
        Digit = 4,
        Space = 8,
        Symbol = 16,
        NonAscii = 32,
        Continuation = 64,
    }
}
