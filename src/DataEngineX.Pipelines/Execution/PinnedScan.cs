namespace DataEngineX.Pipelines;

/// <summary>What a scan reads in one run.</summary>
internal sealed record PinnedScan(InputVersion Input, bool IsIncremental)
{
    /// <summary>Whether another dataset has taken the place of the one that the pipeline has read, so that what was done of that one counts for nothing.</summary>
    public bool IsAnother { get; init; }

    /// <summary>Whether the dataset stands elsewhere than the pipeline's last commit says.</summary>
    public bool HasMovedSince(CommitRecord? last) => IsAnother || !string.Equals(last?.Cursor[Input.Dataset], Input.Position, StringComparison.Ordinal);
}
