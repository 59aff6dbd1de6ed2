using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>What a commit does to the rows of a table.</summary>
internal sealed record TableChange
{
    /// <summary>The word for it in the log.</summary>
    internal required string Operation { get; init; }

    internal required IReadOnlyList<AddAction> Added { get; init; }

    internal IReadOnlyList<DataFile> Removed { get; init; } = [];

    internal long Inserted { get; init; }

    internal long Updated { get; init; }

    internal long Unchanged { get; init; }

    internal long Deduplicated { get; init; }

    /// <summary>What the change was computed from; null when it only adds rows, whatever else there is.</summary>
    internal ReadSet? Read { get; init; }
}
