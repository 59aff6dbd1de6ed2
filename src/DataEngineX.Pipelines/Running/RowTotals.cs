using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Sums operator accounts into the account of a run.</summary>
internal static class RowTotals
{
    public static long Read(IReadOnlyList<OperatorStatistics> accounts) => accounts.Where(a => a.IsSource).Sum(a => a.Rows[RowFlow.In]);

    public static RunRows Of(IReadOnlyList<OperatorStatistics> accounts, CommitResult result)
    {
        var rows = Unpublished(accounts);
        return rows with
        {
            Written = result.Inserted + result.Updated + result.Unchanged,
            Filtered = rows.Filtered + result.Deduplicated,
        };
    }

    public static RunRows Unpublished(IReadOnlyList<OperatorStatistics> accounts) => new()
    {
        Read = Read(accounts),
        Generated = Sum(accounts, RowFlow.Expanded) + Sum(accounts, RowFlow.Padded),
        Filtered = Sum(accounts, RowFlow.Filtered) + Sum(accounts, RowFlow.Deduplicated) + Sum(accounts, RowFlow.Folded) + Sum(accounts, RowFlow.Unmatched),
        Quarantined = Sum(accounts, RowFlow.Quarantined) + Sum(accounts, RowFlow.Refused),
    };

    /// <summary>The account of two steps of one run.</summary>
    public static RunRows Sum(RunRows one, RunRows other) => new()
    {
        Read = one.Read + other.Read,
        Generated = one.Generated + other.Generated,
        Written = one.Written + other.Written,
        Filtered = one.Filtered + other.Filtered,
        Quarantined = one.Quarantined + other.Quarantined,
    };

    private static long Sum(IReadOnlyList<OperatorStatistics> accounts, RowFlow kind) => accounts.Sum(a => a.Rows[kind]);
}
