namespace DataEngineX.ML.Internal;

/// <summary>What stands in <c>manifest.json</c>: the facts of a version and the digests of its other files.</summary>
internal sealed record VersionManifest
{
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required string Name { get; init; }

    public required int Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The lower-case hexadecimal SHA-256 of each file, by name.</summary>
    public required IReadOnlyDictionary<string, string> Sha256 { get; init; }

    public required ModelSignature Signature { get; init; }

    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    public required IReadOnlyList<InputVersion> Inputs { get; init; }

    public CommitRecord? Record { get; init; }
}
