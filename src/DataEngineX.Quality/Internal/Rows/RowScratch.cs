namespace DataEngineX.Quality;

/// <summary>The room in which a thread marks the rows of a batch for one rule after the other.</summary>
internal sealed class RowScratch
{
    private RowMark[] _marks = [];
    private ulong[] _skipped = [];
    private ulong[] _fails = [];

    /// <summary>Marks of rows that all hold.</summary>
    public Span<RowMark> Marks(int rows)
    {
        if (_marks.Length < rows)
            _marks = new RowMark[rows];
        var marks = _marks.AsSpan(0, rows);
        marks.Clear();
        return marks;
    }

    /// <summary>Bits of rows that are not checked, at first those left out.</summary>
    public Span<ulong> Skipped(int rows, ReadOnlySpan<ulong> leftOut)
    {
        if (_skipped.Length < RowBits.Words(rows))
            _skipped = new ulong[RowBits.Words(rows)];
        var skipped = _skipped.AsSpan(0, RowBits.Words(rows));
        skipped.Clear();
        leftOut.CopyTo(skipped);
        return skipped;
    }

    /// <summary>Bits of rows that violate; anything at first.</summary>
    public Span<ulong> Fails(int rows)
    {
        if (_fails.Length < RowBits.Words(rows))
            _fails = new ulong[RowBits.Words(rows)];
        return _fails.AsSpan(0, RowBits.Words(rows));
    }
}
