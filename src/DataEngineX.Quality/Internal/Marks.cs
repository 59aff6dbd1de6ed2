using System.Numerics;
using System.Runtime.InteropServices;

namespace DataEngineX.Quality;

/// <summary>Works on the marks of a batch many at a time.</summary>
internal static class Marks
{
    /// <summary>How many rows have a mark.</summary>
    public static int Count(ReadOnlySpan<RowMark> marks, RowMark mark) => MemoryMarshal.Cast<RowMark, byte>(marks).Count((byte)mark);

    /// <summary>Gives a mark to those rows that still hold.</summary>
    /// <param name="marks">One mark a row.</param>
    /// <param name="rows">255 for a row that gets it, 0 for one that does not.</param>
    /// <param name="mark">The mark.</param>
    public static void Set(Span<RowMark> marks, ReadOnlySpan<byte> rows, RowMark mark)
    {
        var target = MemoryMarshal.Cast<RowMark, byte>(marks);
        var value = new Vector<byte>((byte)mark);
        var i = 0;
        for (; i + Vector<byte>.Count <= target.Length; i += Vector<byte>.Count)
        {
            var now = new Vector<byte>(target[i..]);
            // What holds is zero, so that a bitwise or gives the mark.
            (now | (new Vector<byte>(rows[i..]) & Vector.Equals(now, Vector<byte>.Zero) & value)).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            if (rows[i] != 0 && target[i] == (byte)RowMark.Holds)
                target[i] = (byte)mark;
        }
    }
}
