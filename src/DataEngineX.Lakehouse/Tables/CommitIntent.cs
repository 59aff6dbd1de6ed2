using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Who makes a commit, and what it is about to do.</summary>
internal sealed record CommitIntent
{
    /// <summary>The word for it in the log.</summary>
    internal required string Operation { get; init; }

    /// <summary>What the pipeline says of itself; null when no pipeline makes the commit.</summary>
    internal CommitRecord? Record { get; init; }

    /// <summary>See <see cref="TableWriteRequest.PublishedSequence"/>.</summary>
    internal long? PublishedSequence { get; init; }

    /// <summary>The columns by which the files that it adds are told apart.</summary>
    internal required IReadOnlyList<string> PartitionColumns { get; init; }

    /// <summary>The key columns, told in the log.</summary>
    internal IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>Whether rows that are there stay as they are.</summary>
    internal bool KeepsRows { get; init; }

    /// <summary>Whether it only adds files, or puts them in the place of all others: no rows are carried over from one file into another.</summary>
    internal bool OnlyAdds { get; init; }

    /// <summary>How the columns of the table change with the commit; null when they do not.</summary>
    internal SchemaChange? Columns { get; init; }

    internal static CommitIntent Of(TableWriteRequest request, CommitRecord record, SchemaChange? columns, LogState? begun) => new()
    {
        PartitionColumns = begun?.Metadata.PartitionColumns ?? request.PartitionColumns,
        Columns = columns,
        Operation = TableOperations.NameOf(request.Disposition),
        Record = record,

        // The record may have been planned anew since the write began: its counter is one more than that of the newest commit published.
        PublishedSequence = request.PublishedSequence is null ? null : record.Sequence - 1,
        Key = request.Key,
        OnlyAdds = IsOnlyAdding(request),
        KeepsRows = request.Disposition is WriteDisposition.Append or WriteDisposition.InsertOnly,
    };

    /// <summary>Whether a write only adds files or replaces all.</summary>
    internal static bool IsOnlyAdding(TableWriteRequest request) =>
        request.Disposition == WriteDisposition.Append || request is { Disposition: WriteDisposition.Replace, Where: null, Keys: null };

    /// <summary>The commit as errors name it.</summary>
    public override string ToString() => Record is null ? $"the {Operation}" : $"the {Operation} of run {Record.RunId} (pipeline '{Record.Pipeline}')";
}
