namespace DataEngineX;

/// <summary>A commit that lost against another writer and could not be put after it.</summary>
public class CommitConflictException : DataEngineXException
{
    /// <summary>Creates the error.</summary>
    /// <param name="dataset">The table.</param>
    /// <param name="message">Both sides of the conflict.</param>
    public CommitConflictException(DatasetId dataset, string message)
        : base($"{dataset}: {message}") => Dataset = dataset;

    /// <summary>Creates the error.</summary>
    /// <param name="dataset">The table.</param>
    /// <param name="lost">The commit that cannot be made.</param>
    /// <param name="won">The commit that was made meanwhile.</param>
    /// <param name="reason">What the winner did to the loser, as the end of a sentence: <c>has changed the columns</c>.</param>
    public CommitConflictException(DatasetId dataset, CommitSide lost, CommitSide won, string reason)
        : this(dataset, Sentence(lost, won, reason))
    {
        Lost = lost;
        Won = won;
    }

    /// <summary>The table.</summary>
    public DatasetId Dataset { get; }

    /// <summary>The commit that could not be made, where that is known.</summary>
    public CommitSide? Lost { get; }

    /// <summary>The commit that was made meanwhile, where that is known.</summary>
    public CommitSide? Won { get; }

    /// <summary>True: a run against the new version may succeed.</summary>
    public override bool IsTransient => true;

    private static string Sentence(CommitSide lost, CommitSide won, string reason)
    {
        ArgumentNullException.ThrowIfNull(lost);
        ArgumentNullException.ThrowIfNull(won);
        var against = lost.Version is { } version ? $"version {version}" : "a table without versions";
        return $"the {lost} was computed against {against}, but version {won.Version} ({won}) {reason}.";
    }
}
