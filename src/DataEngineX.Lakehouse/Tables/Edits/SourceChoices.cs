using Apache.Arrow;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>Chooses among source rows of one key.</summary>
internal static class SourceChoices
{
    /// <summary>The rows that do not count, because another one of their key does.</summary>
    internal static async ValueTask<RowSet> LosersAsync(
        StagedRows source, IReadOnlyList<string> key, SourceChoice choice, PlanLog plans, CancellationToken cancellationToken)
    {
        if (choice == SourceChoice.All || source.Count < 2)
            return new RowSet();
        var winners = new RowSet();
        var row = Col(StagedSource.Row);
        var winner = choice == SourceChoice.First ? Aggregate.Min(row) : Aggregate.Max(row);
        var flow = Flow.From(new StagedSource(source))
            .GroupBy([.. key.Select(MergeClause.Source)])
            .Aggregate(winner.As(StagedSource.Row))
            .Select(row);
        await foreach (var batch in plans.RunAsync("choose", flow, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                foreach (var number in ((Int64Array)batch.Column(0)).Values)
                    winners.Add(number);
            }
        }

        return winners.Complement(source.Count);
    }
}
