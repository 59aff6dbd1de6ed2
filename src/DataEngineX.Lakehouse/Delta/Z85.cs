namespace DataEngineX.Lakehouse.Delta;

/// <summary>Bytes as text, five characters for four bytes (ZeroMQ RFC 32).</summary>
internal static class Z85
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    /// <summary>
    /// The bytes of a text. Some writers do not fill up the last group but put a <c>#</c> before it for each byte that it lacks; nothing else can be
    /// meant, because five digits that begin so are more than four bytes.
    /// </summary>
    /// <exception cref="FormatException">The text is not in this form.</exception>
    internal static byte[] Decode(ReadOnlySpan<char> text)
    {
        if (text.Length % 5 != 0)
            throw new FormatException($"a text of {text.Length} characters is not in base 85");
        var lacking = text.IsEmpty ? 0 : text[^5..].IndexOfAnyExcept('#');
        if (lacking is < 0 or > 3)
            throw new FormatException("its last five digits of base 85 stand for no byte");
        var bytes = new byte[(text.Length / 5 * 4) - lacking];
        for (int from = 0, to = 0; from < text.Length; from += 5, to += 4)
        {
            if (lacking > 0 && from + 5 == text.Length)
                WriteLast(Number(text[(from + lacking)..], 4 - lacking), bytes.AsSpan(to));
            else
                System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(to), (uint)Number(text.Slice(from, 5), 4));
        }

        return bytes;
    }

    private static void WriteLast(ulong value, Span<byte> bytes)
    {
        for (var i = bytes.Length - 1; i >= 0; i--, value >>= 8)
            bytes[i] = (byte)value;
    }

    private static ulong Number(ReadOnlySpan<char> digits, int bytes)
    {
        ulong value = 0;
        foreach (var c in digits)
        {
            var digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            value = digit < 0 ? throw new FormatException($"'{c}' is no digit of base 85") : (value * 85) + (uint)digit;
        }

        return value >> (8 * bytes) == 0 ? value : throw new FormatException($"{digits.Length} digits of base 85 are more than {bytes} bytes");
    }

    /// <summary>The text of bytes, whose number is a multiple of four.</summary>
    internal static string Encode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % 4 != 0)
            throw new ArgumentException("The bytes are no whole number of groups of four.", nameof(bytes));
        Span<char> text = new char[bytes.Length / 4 * 5];
        for (int from = 0, to = 0; from < bytes.Length; from += 4, to += 5)
        {
            var value = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes[from..]);
            for (var i = 4; i >= 0; i--, value /= 85)
                text[to + i] = Alphabet[(int)(value % 85)];
        }

        return new string(text);
    }
}
