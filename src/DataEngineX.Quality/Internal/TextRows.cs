using System.Buffers;
using System.Text;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>Tests the texts of a column one by one, decoded into a buffer that is shared by all.</summary>
internal static class TextRows
{
    /// <summary>Tests a text.</summary>
    public delegate bool Test(ReadOnlySpan<char> text);

    /// <summary>Tests bytes of UTF-8.</summary>
    public delegate bool ByteTest(ReadOnlySpan<byte> text);

    /// <summary>Marks the rows that are checked and fail a test.</summary>
    public static void Mark(IArrowArray column, Span<RowMark> marks, Test holds)
    {
        var texts = new TextColumn(column);
        char[] buffer = ArrayPool<char>.Shared.Rent(256);
        try
        {
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] != RowMark.Holds)
                    continue;
                var text = texts[i];
                // UTF-8 never has fewer bytes than UTF-16 has characters.
                if (buffer.Length < text.Length)
                {
                    ArrayPool<char>.Shared.Return(buffer);
                    buffer = ArrayPool<char>.Shared.Rent(text.Length);
                }

                if (!holds(buffer.AsSpan(0, Encoding.UTF8.GetChars(text, buffer))))
                    marks[i] = RowMark.Violates;
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

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
}
