using System.Runtime.InteropServices;

namespace DataEngineX.Quality;

/// <summary>Counts the marks of a batch many at a time.</summary>
internal static class Marks
{
    /// <summary>How many rows have a mark.</summary>
    public static int Count(ReadOnlySpan<RowMark> marks, RowMark mark) => MemoryMarshal.Cast<RowMark, byte>(marks).Count((byte)mark);
}
