namespace DataEngineX.Lakehouse.Delta;

/// <summary>A block of files, some of which are gone.</summary>
/// <param name="Block">The files.</param>
/// <param name="Gone">A bit for each that was removed since; null for none.</param>
/// <param name="Live">How many are left.</param>
internal sealed record FilePart(FileBlock Block, ulong[]? Gone, int Live)
{
    internal FilePart(FileBlock block)
        : this(block, null, block.Count)
    {
    }

    internal bool Has(int row) => Gone is null || (Gone[row >> 6] & (1UL << (row & 63))) == 0;

    internal IEnumerable<int> Rows()
    {
        for (var row = 0; row < Block.Count; row++)
        {
            if (Has(row))
                yield return row;
        }
    }
}
