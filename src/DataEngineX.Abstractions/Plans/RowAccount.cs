namespace DataEngineX.Plans;

/// <summary>The row account of one operator: in + generated = out + dropped, each by kind. Thread-safe.</summary>
public sealed class RowAccount
{
    private readonly long[] _counts = new long[Enum.GetValues<RowFlow>().Length];

    /// <summary>Adds rows of a kind.</summary>
    /// <param name="kind">What became of the rows.</param>
    /// <param name="rows">How many.</param>
    public void Add(RowFlow kind, long rows) => Interlocked.Add(ref _counts[(int)kind], rows);

    /// <summary>The rows of a kind so far.</summary>
    /// <param name="kind">The kind.</param>
    public long this[RowFlow kind] => Interlocked.Read(ref _counts[(int)kind]);

    /// <summary>Whether what came in and was generated equals what went out and was dropped.</summary>
    public bool IsBalanced => Balance() == 0;

    private long Balance()
    {
        var inflow = this[RowFlow.In] + this[RowFlow.Expanded] + this[RowFlow.Padded];
        var dropped = 0L;
        for (var kind = RowFlow.Filtered; kind <= RowFlow.Unmatched; kind++)
            dropped += this[kind];
        return inflow - this[RowFlow.Out] - dropped;
    }
}
