using System.Text;
using System.Text.RegularExpressions;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// Regular expressions over texts. The expressions do not backtrack, so a row takes time in proportion to its length and needs no timeout.
/// Rows are decoded into one buffer; only groups and replacements that name groups make a string, of the rows that match.
/// </summary>
internal static class RegexLoops
{
    public static IArrowArray Matches(IReadOnlyList<IArrowArray> columns, Regex regex, MemoryAllocator allocator)
    {
        ArrayData data = columns[0].Data;
        var source = new BytesColumn(data);
        using OutputBuffer<ulong>? validity = Validity.Copy(source.Validity, allocator);
        using OutputBuffer<ulong> values = Validity.Empty(data.Length, allocator);
        Span<ulong> words = values.Span;
        using var decoded = new Rented<char>(TextLoops.Longest(source));
        Span<char> text = decoded.Span;
        for (int i = 0; i < data.Length; i++)
        {
            if (source.Validity[i])
            {
                int length = Encoding.UTF8.GetChars(source[i], text);
                words[i >> 6] |= (regex.IsMatch(text[..length]) ? 1UL : 0) << (i & 63);
            }
        }

        return Assemble.Boolean(data.Length, validity, values);
    }

    public static IArrowArray Count(IReadOnlyList<IArrowArray> columns, Regex regex, MemoryAllocator allocator)
    {
        ArrayData data = columns[0].Data;
        var source = new BytesColumn(data);
        using OutputBuffer<ulong>? validity = Validity.Copy(source.Validity, allocator);
        using var values = new OutputBuffer<int>(allocator, data.Length, clear: true);
        Span<int> target = values.Span;
        using var decoded = new Rented<char>(TextLoops.Longest(source));
        Span<char> text = decoded.Span;
        for (int i = 0; i < data.Length; i++)
        {
            if (source.Validity[i])
            {
                int length = Encoding.UTF8.GetChars(source[i], text);
                target[i] = regex.Count(text[..length]);
            }
        }

        return Assemble.Fixed(Int32Type.Default, data.Length, validity, values);
    }

    /// <summary>The first match or a group of it; null where there is none.</summary>
    public static IArrowArray Extract(IReadOnlyList<IArrowArray> columns, Regex regex, int group, MemoryAllocator allocator)
    {
        ArrayData data = columns[0].Data;
        var source = new BytesColumn(data);
        using OutputBuffer<ulong> validity = Validity.Empty(data.Length, allocator);
        Span<ulong> words = validity.Span;
        using var decoded = new Rented<char>(TextLoops.Longest(source));
        Span<char> text = decoded.Span;
        var writer = new BytesWriter(data.Length, 0, allocator);
        try
        {
            for (int i = 0; i < data.Length; i++)
            {
                if (source.Validity[i])
                {
                    int length = Encoding.UTF8.GetChars(source[i], text);
                    if (TryFind(regex, group, text[..length], out ReadOnlySpan<char> found))
                    {
                        Validity.Set(words, i);
                        writer.WriteChars(found);
                    }
                }

                writer.EndRow();
            }

            return writer.Build(StringType.Default, validity);
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Every match replaced.</summary>
    /// <param name="columns">The texts.</param>
    /// <param name="regex">What is replaced.</param>
    /// <param name="replacement">What takes its place, in the language of <see cref="Regex.Replace(string, string)"/>.</param>
    /// <param name="isPlain">Whether the replacement names no group.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    public static IArrowArray Replace(
        IReadOnlyList<IArrowArray> columns, Regex regex, string replacement, bool isPlain, MemoryAllocator allocator)
    {
        ArrayData data = columns[0].Data;
        var source = new BytesColumn(data);
        using OutputBuffer<ulong>? validity = Validity.Copy(source.Validity, allocator);
        using var decoded = new Rented<char>(TextLoops.Longest(source));
        Span<char> text = decoded.Span;
        var writer = new BytesWriter(data.Length, source.Offsets[^1] - source.Offsets[0], allocator);
        try
        {
            for (int i = 0; i < data.Length; i++)
            {
                if (source.Validity[i])
                {
                    int length = Encoding.UTF8.GetChars(source[i], text);
                    WriteReplaced(regex, replacement, isPlain, text[..length], source[i], ref writer);
                }

                writer.EndRow();
            }

            return writer.Build(StringType.Default, validity);
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static bool TryFind(Regex regex, int group, ReadOnlySpan<char> text, out ReadOnlySpan<char> found)
    {
        found = [];
        foreach (ValueMatch match in regex.EnumerateMatches(text))
        {
            if (group == 0)
            {
                found = text.Slice(match.Index, match.Length);
                return true;
            }

            Group captured = regex.Match(text.ToString()).Groups[group];
            found = captured.ValueSpan;
            return captured.Success;
        }

        return false;
    }

    private static void WriteReplaced(
        Regex regex, string replacement, bool isPlain, ReadOnlySpan<char> text, ReadOnlySpan<byte> original, ref BytesWriter writer)
    {
        int at = 0;
        bool any = false;
        foreach (ValueMatch match in regex.EnumerateMatches(text))
        {
            any = true;
            if (!isPlain)
            {
                writer.WriteChars(regex.Replace(text.ToString(), replacement));
                return;
            }

            writer.WriteChars(text[at..match.Index]);
            writer.WriteChars(replacement);
            at = match.Index + match.Length;
        }

        if (any)
        {
            writer.WriteChars(text[at..]);
        }
        else
        {
            writer.Write(original);
        }
    }
}
