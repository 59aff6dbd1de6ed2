namespace DataEngineX.Integration.Tests.Weather;

/// <summary>Something a process does to a state folder, and how it is done again after it was cut off.</summary>
/// <param name="Name">Tells it from the others.</param>
/// <param name="Line">The command line.</param>
/// <param name="PrepareAsync">Makes the state folder before it; it does not exist yet.</param>
internal sealed record KillWork(string Name, string[] Line, Func<string, Task> PrepareAsync)
{
    /// <summary>The pipeline that it runs; null for work on a table without one.</summary>
    public string? Pipeline { get; init; }

    /// <summary>Does it again after it was cut off. <value>Default: the command line once more.</value></summary>
    public Func<string, Task>? AgainAsync { get; init; }

    /// <summary>What nobody cut off does. <value>Default: the command line.</value></summary>
    public string[]? Undisturbed { get; init; }

    /// <summary>Dies of something else before the state folder is ready. <value>Default: nothing.</value></summary>
    public Func<string, Task>? DieBeforeAsync { get; init; }

    /// <summary>Whether doing it once more makes no new version. <value>Default: true.</value></summary>
    public bool IsDoneOnce { get; init; } = true;

    /// <summary>The tables that are compared. <value>Default: all.</value></summary>
    public Func<string, bool> Concerns { get; init; } = static _ => true;
}
