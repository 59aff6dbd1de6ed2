using Apache.Arrow;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>Chooses among source rows of one key.</summary>
internal static class SourceChoices
{
    private const string Rank = "$rank";

    /// <summary>The rows that do not count, because another one of their key does.</summary>
    internal static async ValueTask<RowSet> LosersAsync(
        StagedRows source, IReadOnlyList<string> key, SourceChoice choice, PlanLog plans, CancellationToken cancellationToken, string? sequence = null)
    {
        if (choice == SourceChoice.All || source.Count < 2)
            return new RowSet();
        var winners = new RowSet();
        var row = Col(StagedSource.Row);
        var rows = Flow.From(new StagedSource(source));
        var flow = sequence is null
            ? rows.GroupBy([.. key.Select(MergeClause.Source)])
                .Aggregate((choice == SourceChoice.First ? Aggregate.Min(row) : Aggregate.Max(row)).As(StagedSource.Row))
                .Select(row)
            : rows.Window(
                    [.. key.Select(StagedSource.NameOf)],
                    [new OrderKey(StagedSource.NameOf(sequence), Descending: true), new OrderKey(StagedSource.Row, Descending: true)],
                    WindowColumn.RowNumber().As(Rank))
                .Where(Col(Rank) == 1L)
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
