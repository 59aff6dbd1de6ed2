namespace DataEngineX;

/// <summary>What one run reads of one dataset, fixed when the run is planned.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Position">The position up to which data is read: a table version, or whatever the source counts by.</param>
/// <param name="Since">The position after which data is read; null for everything up to <paramref name="Position"/>.</param>
/// <param name="HasData">Whether there is anything between the two positions.</param>
public sealed record InputVersion(DatasetId Dataset, string Position, string? Since, bool HasData)
{
    /// <summary>What <see cref="BatchSource.IdentifyAsync"/> tells of the position; null where that is not known. Part of the run key.</summary>
    public string? Identity { get; init; }

    /// <summary>The canonical text, part of the run key.</summary>
    public override string ToString() => Since is null ? $"{Dataset}@{Position}" : $"{Dataset}@({Since}, {Position}]";
}
