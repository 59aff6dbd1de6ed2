namespace DataEngineX.Lakehouse.Json;

/// <summary>The floating-point numbers for which JSON has no numerals, by their names.</summary>
internal static class JsonNamedNumbers
{
    private const string Inner = "+-.0123456789";

    // Parsers of numbers read so far behind a number.
    private const int Padding = 32;

    /// <summary>The number of a name.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> name, out T value)
        where T : unmanaged
    {
        value = default;
        if (!IsOne(name))
            return false;
        var number = name[0] == 'N' ? double.NaN : name[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        if (typeof(T) == typeof(double))
            value = (T)(object)number;
        else if (typeof(T) == typeof(float))
            value = (T)(object)(float)number;
        else if (typeof(T) == typeof(Half))
            value = (T)(object)(Half)number;
        else
            return false;
        return true;
    }

    /// <summary>Whether a text is such a name.</summary>
    public static bool IsOne(ReadOnlySpan<byte> text) => text.SequenceEqual("NaN"u8) || text.SequenceEqual("Infinity"u8) || text.SequenceEqual("-Infinity"u8);

    /// <summary>A line of JSON in which names that stand bare are texts; behind it more bytes can be read. Nothing when no name does.</summary>
    public static ArraySegment<byte> Quoted(ReadOnlySpan<byte> line)
    {
        if (line.IndexOf("NaN"u8) < 0 && line.IndexOf("Infinity"u8) < 0)
            return default;
        var quoted = new List<byte>(line.Length + 16);
        var found = false;
        for (var i = 0; i < line.Length;)
        {
            var length = line[i] == '"' ? TextLength(line[i..]) : 0;
            var name = length > 0 ? 0 : NameLength(line, i);
            found |= name > 0;
            if (name > 0)
                quoted.Add((byte)'"');
            quoted.AddRange(line.Slice(i, Math.Max(1, length + name)));
            if (name > 0)
                quoted.Add((byte)'"');
            i += Math.Max(1, length + name);
        }

        return found ? new ArraySegment<byte>([.. quoted, .. new byte[Padding]], 0, quoted.Count) : default;
    }

    private static int NameLength(ReadOnlySpan<byte> line, int at)
    {
        var rest = line[at..];
        var length = rest.StartsWith("NaN"u8) ? 3 : rest.StartsWith("Infinity"u8) ? 8 : rest.StartsWith("-Infinity"u8) ? 9 : 0;
        return length > 0 && !IsPart(line, at - 1) && !IsPart(line, at + length) ? length : 0;
    }

    /// <summary>Whether a byte belongs to a longer word or number.</summary>
    private static bool IsPart(ReadOnlySpan<byte> line, int at) =>
        at >= 0 && at < line.Length && (char.IsAsciiLetterOrDigit((char)line[at]) || Inner.Contains((char)line[at]));

    /// <summary>The length of a text with its quotes, or of the line where it does not end.</summary>
    private static int TextLength(ReadOnlySpan<byte> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                return i + 1;
        }

        return text.Length;
    }
}
