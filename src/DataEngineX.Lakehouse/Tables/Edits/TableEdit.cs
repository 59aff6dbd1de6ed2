using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>What is to happen to the rows of a table: every change of rows but appends is one of these.</summary>
internal sealed record TableEdit
{
    /// <summary>The word for it in the log.</summary>
    internal required string Operation { get; init; }

    /// <summary>What happens to rows that are there. Of those that apply to a row the first counts.</summary>
    internal IReadOnlyList<RowAction> Actions { get; init; } = [];

    /// <summary>Which rows are looked at; null for all.</summary>
    internal Expr? Filter { get; init; }

    /// <summary>The columns in which a row and a source row must be equal.</summary>
    internal IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>Whether a null in a key equals a null.</summary>
    internal bool NullsMatch { get; init; }

    /// <summary>The rows that come in; null for none.</summary>
    internal StagedRows? Source { get; init; }

    /// <summary>The keys by which rows are found, where they are not those of the source; null where they are.</summary>
    internal StagedRows? Keys { get; init; }

    /// <summary>What rows of the table are held against.</summary>
    internal StagedRows? Partners => Keys ?? Source;

    /// <summary>Which source rows of one key count.</summary>
    internal SourceChoice Choice { get; init; }

    /// <summary>The column by which the newest source row of a key is told; null for the last.</summary>
    internal string? Sequence { get; init; }

    /// <summary>Whether it only counts that there is a source row of the key, not which: then there may be several.</summary>
    internal bool AsksOnlyWhether { get; init; }

    /// <summary>Whether rows are found by the filter alone: the source only brings new rows.</summary>
    internal bool FiltersOnly { get; init; }

    /// <summary>Whether it counts which source rows have a partner, also when nothing happens to it.</summary>
    internal bool LooksForPartners { get; init; }

    /// <summary>Whether the table has each key at most once: what it has beyond that goes.</summary>
    internal bool KeepsOneOfKey { get; init; }

    /// <summary>How source rows become new rows; the first that applies counts.</summary>
    internal IReadOnlyList<RowInsert> Inserts { get; init; } = [];

    /// <summary>Whether source rows become new rows also when their key is there.</summary>
    internal bool InsertsMatched { get; init; }

    /// <summary>Whether many small files are folded when something is written anyway.</summary>
    internal bool FoldsSmallFiles { get; init; }

    /// <summary>The rows that came in, where the source was worked out of them; null where they are the source.</summary>
    internal long? RowsIn { get; init; }

    /// <summary>Of those, the ones that another one went before.</summary>
    internal long Deduplicated { get; init; }
}
