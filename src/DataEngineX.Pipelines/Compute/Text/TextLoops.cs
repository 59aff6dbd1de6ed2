using System.Text;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>The loops over texts that the kernels of <see cref="Strings"/> share.</summary>
internal static class TextLoops
{
    /// <summary>Rows where all columns have a value; null when that is every row.</summary>
    public static OutputBuffer<ulong>? Validity(IReadOnlyList<IArrowArray> columns, MemoryAllocator allocator)
    {
        OutputBuffer<ulong>? result = Compute.Validity.Copy(Bits.Validity(columns[0].Data), allocator);
        for (int c = 1; c < columns.Count; c++)
        {
            Guard.SameLength(nameof(Strings), columns[0].Length, columns[c].Length);
            Bits next = Bits.Validity(columns[c].Data);
            if (next.AllSet)
            {
                continue;
            }

            if (result is null)
            {
                result = Compute.Validity.Copy(next, allocator);
                continue;
            }

            Span<ulong> words = result.Span;
            for (int w = 0; w < words.Length; w++)
            {
                words[w] &= next.Word(w);
            }
        }

        return result;
    }

    public static Bits Rows(OutputBuffer<ulong>? validity, int length) =>
        validity is null ? Bits.Ones(length) : Bits.Of(validity.Span, length);

    /// <summary>One text of each; null where any of the columns is.</summary>
    /// <remarks>The first of the columns is the text the operation is given; the others are those it reads besides.</remarks>
    public static IArrowArray Map<TOp>(IReadOnlyList<IArrowArray> columns, TOp op, MemoryAllocator allocator)
        where TOp : struct, ITextOp, allows ref struct
    {
        ArrayData data = columns[0].Data;
        var source = new BytesColumn(data);
        using OutputBuffer<ulong>? validity = Validity(columns, allocator);
        Bits rows = Rows(validity, data.Length);
        var writer = new BytesWriter(data.Length, source.Offsets[^1] - source.Offsets[0], allocator);
        try
        {
            for (int i = 0; i < data.Length; i++)
            {
                if (rows[i])
                {
                    op.Write(i, source[i], ref writer);
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

    /// <summary>Asks every row about a text.</summary>
    public static BooleanArray Test<TTest>(IReadOnlyList<IArrowArray> columns, TextInput wanted, MemoryAllocator allocator)
        where TTest : struct, ITextTest
    {
        ArrayData data = columns[0].Data;
        var source = new BytesColumn(data);
        using OutputBuffer<ulong>? validity = Validity(columns, allocator);
        using OutputBuffer<ulong> values = Compute.Validity.Empty(data.Length, allocator);
        Span<ulong> words = values.Span;
        for (int w = 0; w < words.Length; w++)
        {
            int start = w << 6;
            int end = Math.Min(64, data.Length - start);
            ulong word = 0;
            for (int i = 0; i < end; i++)
            {
                word |= (TTest.Holds(source[start + i], wanted[start + i]) ? 1UL : 0) << i;
            }

            words[w] = word;
        }

        return Assemble.Boolean(data.Length, validity, values);
    }

    /// <summary>Whether the bytes of all rows are ASCII, so that a byte is a character; bytes under nulls count too.</summary>
    public static bool IsAscii(in BytesColumn column) => Ascii.IsValid(column.Bytes[column.Offsets[0]..column.Offsets[^1]]);

    public static void WriteRepeated(ReadOnlySpan<byte> text, long count, int row, ref BytesWriter writer)
    {
        if (count <= 0 || text.IsEmpty)
        {
            return;
        }

        if (count > int.MaxValue / text.Length)
        {
            throw new OverflowException($"The text in row {row} would take more than Arrow's 2 GiB limit: {count} times {text.Length} bytes.");
        }

        int total = (int)count * text.Length;
        Span<byte> target = writer.Ask(total)[..total];
        if (text.Length == 1)
        {
            target.Fill(text[0]);
        }
        else
        {
            for (int at = 0; at < total; at += text.Length)
            {
                text.CopyTo(target[at..]);
            }
        }

        writer.Advance(total);
    }

    /// <summary>The bytes of the longest row.</summary>
    public static int Longest(in BytesColumn column)
    {
        int longest = 0;
        ReadOnlySpan<int> offsets = column.Offsets;
        for (int i = 1; i < offsets.Length; i++)
        {
            longest = Math.Max(longest, offsets[i] - offsets[i - 1]);
        }

        return longest;
    }
}
