using System.Text;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Functions on utf8 columns; null stays null. Characters are Unicode code points, comparisons ordinal, casing invariant.</summary>
/// <remarks>Each takes the columns it reads, the text first; the caller owns what is returned.</remarks>
internal static class Strings
{
    public static IArrowArray Case(IReadOnlyList<IArrowArray> columns, bool upper, MemoryAllocator allocator)
    {
        ArrayData data = columns[0].Data;
        var source = new BytesColumn(data);
        if (TextLoops.IsAscii(source))
        {
            return AsciiCase(data, source, upper, allocator);
        }

        int longest = TextLoops.Longest(source);
        using var decoded = new Rented<char>(longest);
        using var changed = new Rented<char>(longest);
        return TextLoops.Map(columns, new CaseOp(upper, decoded.Span, changed.Span), allocator);
    }

    public static IArrowArray Trim(IReadOnlyList<IArrowArray> columns, bool start, bool end, Rune[]? characters, MemoryAllocator allocator) =>
        TextLoops.Map(columns, new TrimOp(start, end, characters), allocator);

    public static IArrowArray Substring(IReadOnlyList<IArrowArray> columns, NumberInput starts, NumberInput lengths, MemoryAllocator allocator) =>
        TextLoops.Map(columns, new SubstringOp(starts, lengths), allocator);

    public static IArrowArray Edge(IReadOnlyList<IArrowArray> columns, NumberInput counts, bool left, MemoryAllocator allocator) =>
        TextLoops.Map(columns, new EdgeOp(counts, left), allocator);

    public static IArrowArray Replace(IReadOnlyList<IArrowArray> columns, byte[] from, byte[] to, MemoryAllocator allocator) =>
        TextLoops.Map(columns, new ReplaceOp(from, to), allocator);

    public static IArrowArray Pad(IReadOnlyList<IArrowArray> columns, NumberInput widths, byte[] padding, bool left, MemoryAllocator allocator) =>
        TextLoops.Map(columns, new PadOp(widths, padding, left), allocator);

    public static IArrowArray Repeat(IReadOnlyList<IArrowArray> columns, NumberInput counts, MemoryAllocator allocator) =>
        TextLoops.Map(columns, new RepeatOp(counts), allocator);

    public static IArrowArray Reverse(IReadOnlyList<IArrowArray> columns, MemoryAllocator allocator) =>
        TextLoops.Map(columns, default(ReverseOp), allocator);

    /// <summary>Code points of every text.</summary>
    public static IArrowArray Length(IReadOnlyList<IArrowArray> columns, MemoryAllocator allocator)
    {
        var source = new BytesColumn(columns[0].Data);
        if (TextLoops.IsAscii(source))
        {
            return ByteLength(columns, allocator);
        }

        using OutputBuffer<ulong>? validity = TextLoops.Validity(columns, allocator);
        using var values = new OutputBuffer<int>(allocator, columns[0].Length);
        Span<int> target = values.Span;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = CodePoints.Count(source[i]);
        }

        return Assemble.Fixed(Int32Type.Default, target.Length, validity, values);
    }

    public static IArrowArray ByteLength(IReadOnlyList<IArrowArray> columns, MemoryAllocator allocator)
    {
        ReadOnlySpan<int> offsets = Columns.Offsets(columns[0].Data);
        using OutputBuffer<ulong>? validity = TextLoops.Validity(columns, allocator);
        using var values = new OutputBuffer<int>(allocator, columns[0].Length);
        Span<int> target = values.Span;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = offsets[i + 1] - offsets[i];
        }

        return Assemble.Fixed(Int32Type.Default, target.Length, validity, values);
    }

    /// <summary>ASCII keeps its length, so offsets are moved and all bytes are changed at once.</summary>
    private static IArrowArray AsciiCase(ArrayData data, in BytesColumn source, bool upper, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = Validity.Copy(source.Validity, allocator);
        using var offsets = new OutputBuffer<int>(allocator, data.Length + 1);
        int first = source.Offsets[0];
        using var bytes = new OutputBuffer<byte>(allocator, source.Offsets[^1] - first);
        Span<int> starts = offsets.Span;
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i] = source.Offsets[i] - first;
        }

        ReadOnlySpan<byte> all = source.Bytes[first..source.Offsets[^1]];
        _ = upper ? Ascii.ToUpper(all, bytes.Span, out _) : Ascii.ToLower(all, bytes.Span, out _);
        return Assemble.Variable(StringType.Default, data.Length, validity, offsets, bytes);
    }
}
