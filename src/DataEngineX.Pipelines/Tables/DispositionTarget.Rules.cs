using Apache.Arrow;

namespace DataEngineX.Pipelines;

/// <content>What a disposition asks of the pipeline that ends in it.</content>
public abstract partial class DispositionTarget
{
    /// <summary>Whether the flow has all columns of the dataset; the clauses of a merge may bring some.</summary>
    internal bool BringsAllColumns => WriteDisposition != WriteDisposition.Merge;

    /// <summary>Whether the rows of a key that earlier runs have brought give way to those of a run, so that each run has to bring one row of a key only.</summary>
    internal bool SeesToOtherRuns => WriteDisposition is WriteDisposition.DeleteInsert or WriteDisposition.Merge;

    /// <summary>Why the dataset would hold several rows of a key although the flow brings one of each; null when it would not.</summary>
    internal string? WhySeveralOf(IReadOnlyList<string> key) => WriteDisposition switch
    {
        WriteDisposition.Append => "what is there stays beside the new rows: end the pipeline in UpsertInto or InsertOnlyInto",
        WriteDisposition.Replace when Where is not null => $"rows for which {Where} is not true stay beside the new ones: end the pipeline in UpsertInto",
        WriteDisposition.ReplacePartition when !KeyColumns.All(key.Contains) => $"other partitions stay, so the key must have {Named(KeyColumns.Except(key))} as well",
        WriteDisposition.Replace or WriteDisposition.ReplacePartition => null,
        _ when !KeyColumns.ToHashSet(StringComparer.Ordinal).SetEquals(key) => $"it is written by the key {Named(KeyColumns)}: name the same one",
        _ => null,
    };

    /// <summary>Why new rows alone would take rows away that a full run would leave; null when they would not.</summary>
    /// <param name="isKeyed">Whether the flow brings one row of each key.</param>
    internal string? WhyNotNewRows(bool isKeyed) => WriteDisposition switch
    {
        WriteDisposition.ReplacePartition => "would leave each partition with these only: divide the read with Partitioned(...) and end the pipeline in ReplaceTable, or read the table in full",
        WriteDisposition.DeleteInsert when !isKeyed => "would leave each key with these only: end the pipeline in UpsertInto, leave one row of each key with KeyedBy, or read the table by key, as Incremental(by: ...)",
        _ => null,
    };

    /// <summary>The columns of the dataset that a flow brings: not those that the dataset works out itself.</summary>
    internal Schema Brought(Schema table, Schema flow) => WriteDisposition != WriteDisposition.History
        ? table
        : new Schema(
            [
                .. table.FieldsList.Where(f => f.Name != History.ValidTo && f.Name != History.IsCurrent
                    && (f.Name != History.ValidFrom || flow.FieldsList.Any(c => c.Name == History.ValidFrom))),
            ],
            null);

    private static DatasetId Known(DatasetId dataset, WriteDisposition disposition, IReadOnlyCollection<WriteDisposition> known, string kind, string instead)
    {
        ArgumentNullException.ThrowIfNull(known);
        return known.Contains(disposition)
            ? dataset
            : throw new PlanException($"{dataset} cannot be written by {NameOf(disposition)}: {kind} knows {string.Join(", ", known.Select(NameOf))} only; {instead}.");
    }

    private static string NameOf(WriteDisposition disposition) => ColumnNames.Of(disposition.ToString());

    private static string Named(IEnumerable<string> columns) => string.Join(", ", columns.Select(c => $"'{c}'"));
}
