namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>Where a row is among the files of an edit: the number of its file above, its number in the file below.</summary>
internal static class RowPosition
{
    /// <summary>The column of positions.</summary>
    internal const string Column = "$position";

    private const int RowBits = 40;

    internal static long Of(int file, long row) => ((long)file << RowBits) | row;

    internal static int FileOf(long position) => (int)(position >> RowBits);

    internal static long RowOf(long position) => position & ((1L << RowBits) - 1);
}
