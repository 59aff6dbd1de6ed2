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

    private static long Sum(IReadOnlyList<OperatorStatistics> accounts, RowFlow kind) => accounts.Sum(a => a.Rows[kind]);
}
