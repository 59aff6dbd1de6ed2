namespace DataEngineX;

/// <summary>A commit that lost against another writer and could not be put after it.</summary>
public class CommitConflictException : DataEngineXException
{
    /// <summary>Creates the error.</summary>
    /// <param name="dataset">The table.</param>
    /// <param name="message">Both sides of the conflict.</param>
    public CommitConflictException(DatasetId dataset, string message)
        : base($"{dataset}: {message}") => Dataset = dataset;

    /// <summary>The table.</summary>
    public DatasetId Dataset { get; }

    /// <summary>True: a run against the new version may succeed.</summary>
    public override bool IsTransient => true;
}
