namespace DataEngineX.Lakehouse.Delta;

/// <summary>What the log says of few files beside path, size, time and statistics.</summary>
internal sealed record FileExtras
{
    private static readonly FileExtras None = new();

    internal DeletionVectorSpec? DeletionVector { get; init; }

    internal Dictionary<string, string?>? Tags { get; init; }

    internal long? BaseRowId { get; init; }

    internal long? DefaultRowCommitVersion { get; init; }

    internal string? ClusteringProvider { get; init; }

    /// <summary>The extras of a file, or null when it has none.</summary>
    internal static FileExtras? Of(AddAction add) => new FileExtras
    {
        DeletionVector = add.DeletionVector,
        Tags = add.Tags,
        BaseRowId = add.BaseRowId,
        DefaultRowCommitVersion = add.DefaultRowCommitVersion,
        ClusteringProvider = add.ClusteringProvider,
    }.OrNull();

    internal FileExtras? OrNull() => this == None ? null : this;
}
