using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>One line of a log entry: exactly one of the members is set; kinds that readers must ignore leave all of them null.</summary>
internal sealed record DeltaAction
{
    [JsonConverter(typeof(CommitInfoConverter))]
    public CommitInfo? CommitInfo { get; init; }

    public ProtocolAction? Protocol { get; init; }

    public MetadataAction? MetaData { get; init; }

    public TxnAction? Txn { get; init; }

    public DomainMetadataAction? DomainMetadata { get; init; }

    public RemoveAction? Remove { get; init; }

    public AddAction? Add { get; init; }

    public ChangeFileAction? Cdc { get; init; }

    public SidecarAction? Sidecar { get; init; }
}

/// <summary>A file of a V2 checkpoint, in the folder <c>_sidecars</c> of the log.</summary>
internal sealed record SidecarAction
{
    public string Path { get; init; } = "";
}

/// <summary>A file that holds the rows that a version changed.</summary>
internal sealed record ChangeFileAction
{
    public string Path { get; init; } = "";

    public Dictionary<string, string?> PartitionValues { get; init => field = value ?? []; } = [];

    public long Size { get; init; }

    public bool DataChange { get; init; }
}

internal sealed record ProtocolAction
{
    public int MinReaderVersion { get; init; } = 1;

    public int MinWriterVersion { get; init; } = 2;

    public IReadOnlyList<string>? ReaderFeatures { get; init; }

    public IReadOnlyList<string>? WriterFeatures { get; init; }
}

internal sealed record FormatSpec
{
    public string Provider { get; init; } = "parquet";

    public Dictionary<string, string?> Options { get; init; } = [];
}

internal sealed record MetadataAction
{
    public string Id { get; init; } = "";

    public string? Name { get; init; }

    public string? Description { get; init; }

    public FormatSpec Format { get; init => field = value ?? new(); } = new();

    public string SchemaString { get; init => field = value ?? ""; } = "";

    public IReadOnlyList<string> PartitionColumns { get; init => field = value ?? []; } = [];

    public Dictionary<string, string?> Configuration { get; init => field = value ?? []; } = [];

    public long? CreatedTime { get; init; }

    /// <summary>Whether columns, partitions and settings are the same.</summary>
    internal bool Describes(MetadataAction other) =>
        ReferenceEquals(this, other)
        || (string.Equals(SchemaString, other.SchemaString, StringComparison.Ordinal)
            && PartitionColumns.SequenceEqual(other.PartitionColumns, StringComparer.Ordinal)
            && Configuration.Count == other.Configuration.Count
            && Configuration.All(s => other.Configuration.TryGetValue(s.Key, out var value) && string.Equals(value, s.Value, StringComparison.Ordinal)));
}

internal sealed record AddAction
{
    public string Path { get; init; } = "";

    public Dictionary<string, string?> PartitionValues { get; init => field = value ?? []; } = [];

    public long Size { get; init; }

    public long ModificationTime { get; init; }

    public bool DataChange { get; init; }

    public string? Stats { get; init; }

    public Dictionary<string, string?>? Tags { get; init; }

    public DeletionVectorSpec? DeletionVector { get; init; }

    public long? BaseRowId { get; init; }

    public long? DefaultRowCommitVersion { get; init; }

    public string? ClusteringProvider { get; init; }
}

internal sealed record DeletionVectorSpec
{
    public string StorageType { get; init; } = "";

    public string PathOrInlineDv { get; init; } = "";

    public int? Offset { get; init; }

    public int SizeInBytes { get; init; }

    public long Cardinality { get; init; }
}

internal sealed record RemoveAction
{
    public string Path { get; init; } = "";

    public long? DeletionTimestamp { get; init; }

    public bool DataChange { get; init; }

    public bool? ExtendedFileMetadata { get; init; }

    public Dictionary<string, string?>? PartitionValues { get; init; }

    public long? Size { get; init; }

    public string? Stats { get; init; }

    public DeletionVectorSpec? DeletionVector { get; init; }

    public long? BaseRowId { get; init; }

    public long? DefaultRowCommitVersion { get; init; }
}

internal sealed record TxnAction
{
    public string AppId { get; init; } = "";

    public long Version { get; init; }

    public long? LastUpdated { get; init; }
}

internal sealed record DomainMetadataAction
{
    public string Domain { get; init; } = "";

    public string Configuration { get; init; } = "";

    public bool Removed { get; init; }
}

/// <summary>Where a commit comes from. Other writers put what they like beside these members.</summary>
internal sealed record CommitInfo
{
    public long? Timestamp { get; init; }

    public long? InCommitTimestamp { get; init; }

    public string? Operation { get; init; }

    public Dictionary<string, JsonElement>? OperationParameters { get; init; }

    public bool? IsBlindAppend { get; init; }

    public string? EngineInfo { get; init; }

    public Dictionary<string, JsonElement>? OperationMetrics { get; init; }

    public Dictionary<string, JsonElement>? Tags { get; init; }

    public string? RunId { get; init; }

    public JsonElement? Verdicts { get; init; }

    public JsonElement? Lineage { get; init; }
}

/// <summary>The hint where to begin reading: the file <c>_last_checkpoint</c>.</summary>
internal sealed record LastCheckpoint
{
    public long Version { get; init; }

    /// <summary>The number of actions in the checkpoint.</summary>
    public long Size { get; init; }

    public long? SizeInBytes { get; init; }

    public long? NumOfAddFiles { get; init; }

    public string? Checksum { get; init; }
}
