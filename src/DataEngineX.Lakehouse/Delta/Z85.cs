namespace DataEngineX.Lakehouse.Delta;

/// <summary>Bytes as text, five characters for four bytes (ZeroMQ RFC 32).</summary>
internal static class Z85
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    /// <exception cref="FormatException">The text is not in this form.</exception>
    internal static byte[] Decode(ReadOnlySpan<char> text)
    {
        if (text.Length % 5 != 0)
            throw new FormatException($"a text of {text.Length} characters is not in base 85");
        var bytes = new byte[text.Length / 5 * 4];
        for (int from = 0, to = 0; from < text.Length; from += 5, to += 4)
        {
            ulong value = 0;
            foreach (var c in text.Slice(from, 5))
            {
                var digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
                value = digit < 0 ? throw new FormatException($"'{c}' is no digit of base 85") : (value * 85) + (uint)digit;
            }

            if (value > uint.MaxValue)
                throw new FormatException("five digits of base 85 are more than four bytes");
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(to), (uint)value);
        }

        return bytes;
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
