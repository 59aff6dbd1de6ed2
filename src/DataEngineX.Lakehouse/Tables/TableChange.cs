using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>What a commit does to the rows of a table.</summary>
internal sealed record TableChange
{
    /// <summary>The word for it in the log.</summary>
    internal required string Operation { get; init; }

    internal required IReadOnlyList<AddAction> Added { get; init; }

    internal IReadOnlyList<DataFile> Removed { get; init; } = [];

    /// <summary>Files that tell what changed, where the table keeps them.</summary>
    internal IReadOnlyList<ChangeFileAction> Changes { get; init; } = [];

    /// <summary>What the table asks of readers and writers from now on; null for what it did.</summary>
    internal ProtocolAction? Protocol { get; init; }

    /// <summary>The table's columns and settings from now on; null for those it had.</summary>
    internal MetadataAction? Metadata { get; init; }

    /// <summary>Whether rows are others than before; false when files were only put together.</summary>
    internal bool ChangesRows { get; init; } = true;

    internal long Inserted { get; init; }

    internal long Updated { get; init; }

    internal long Unchanged { get; init; }

    internal long Deduplicated { get; init; }

    internal long Deleted { get; init; }

    /// <summary>The plans that computed it, as text.</summary>
    internal string Explain { get; init; } = "";

    /// <summary>What the change was computed from; null when it only adds rows, whatever else there is.</summary>
    internal ReadSet? Read { get; init; }
}
