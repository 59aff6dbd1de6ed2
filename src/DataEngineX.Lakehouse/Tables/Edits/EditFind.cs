using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>What an edit found: which rows of the table change, and which source rows have a partner there.</summary>
/// <param name="Files">The files looked at, by number.</param>
/// <param name="Marks">The rows of the files that change.</param>
/// <param name="Matched">The source rows with a partner.</param>
/// <param name="Losers">The source rows that do not count, because another one of their key does.</param>
internal sealed record EditFind(IReadOnlyList<DataFile> Files, RowMarks Marks, RowSet Matched, RowSet Losers)
{
    internal long Updated { get; init; }

    /// <summary>Of the rows updated, those with a partner in the source.</summary>
    internal long UpdatedBySource { get; init; }

    internal long Deleted { get; init; }

    /// <summary>What was looked at.</summary>
    internal required ReadSet Read { get; init; }
}
