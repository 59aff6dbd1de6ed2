using System.Numerics;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality;

/// <summary>Tests the texts of a column: each different one once where there are few, else one by one.</summary>
internal static class TextRows
{
    [ThreadStatic]
    private static char[]? _characters;

    /// <summary>Tests a text.</summary>
    public delegate bool Test(ReadOnlySpan<char> text);

    /// <summary>Tests bytes of UTF-8.</summary>
    public delegate bool ByteTest(ReadOnlySpan<byte> text);

    /// <summary>A rule by which the texts of a column pass a test; a column of nulls has nothing to check.</summary>
    public static BoundRule Rule(int ordinal, Test holds) => Rule(ordinal, OfBytes(holds));

    /// <summary>A rule by which the texts of a column pass a test of their bytes; a column of nulls has nothing to check.</summary>
    public static BoundRule Rule(int ordinal, ByteTest holds) => Rule(ordinal, TextTest.Of(holds));

    /// <summary>A rule by which the texts of a column pass a test; a column of nulls has nothing to check.</summary>
    public static BoundRule Rule(int ordinal, TextTest test) =>
        RowTest.OfColumn(ordinal, (batch, skipped, fails) => Run(batch, ordinal, skipped, fails, test));

    /// <summary>A test of characters as one of bytes: they are decoded into a buffer of the thread.</summary>
    public static ByteTest OfBytes(Test holds) => text =>
    {
        // UTF-8 never has fewer bytes than UTF-16 has characters.
        var buffer = _characters;
        if (buffer is null || buffer.Length < text.Length)
            _characters = buffer = new char[Math.Max(256, (int)BitOperations.RoundUpToPowerOf2((uint)text.Length))];
        return holds(buffer.AsSpan(0, Encoding.UTF8.GetChars(text, buffer)));
    };

    /// <summary>Sets the bits of the rows that are checked and fail a test.</summary>
    private static void Run(RuleBatch batch, int ordinal, ReadOnlySpan<ulong> skipped, Span<ulong> fails, TextTest test)
    {
        var column = batch.Column(ordinal);
        if (column.Data.DataType.TypeId != ArrowTypeId.String)
            return;
        if (batch.Codes(ordinal) is { } codes)
            RunCodes(codes, batch.Length, fails, test);
        else
            test.Run(new TextColumn(column), batch.Length, skipped, fails);
    }

    /// <summary>Marks the rows that are checked and fail a test.</summary>
    public static void Mark(IArrowArray column, Span<RowMark> marks, Test holds) => MarkBytes(column, marks, OfBytes(holds));

    /// <summary>Marks the rows that are checked and fail a test of their bytes.</summary>
    public static void MarkBytes(IArrowArray column, Span<RowMark> marks, ByteTest holds)
    {
        var texts = new TextColumn(column);
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] == RowMark.Holds && !holds(texts[i]))
                marks[i] = RowMark.Violates;
        }
    }

    private static void RunCodes(TextCodes codes, int rows, Span<ulong> fails, TextTest test)
    {
        Span<byte> failing = stackalloc byte[TextCodes.Most];
        failing = failing[..Math.Max(1, codes.Count)];
        var texts = new TextColumn(codes.Values);
        for (var i = 0; i < codes.Count; i++)
            failing[i] = test.Holds(texts[codes.Positions[i]]) ? (byte)0 : (byte)1;
        if (failing[..codes.Count].IndexOf((byte)1) < 0)
            return;
        var all = codes.Codes(rows);
        for (var w = 0; w < fails.Length; w++)
        {
            var part = all[(w << 6)..Math.Min(rows, (w + 1) << 6)];
            var word = 0UL;
            for (var i = 0; i < part.Length; i++)
                word |= (ulong)failing[part[i]] << i;
            fails[w] = word;
        }
    }
}
