using DataEngineX.Pipelines;

namespace DataEngineX.Hosting;

/// <summary>The runs at work in this process, and how far they are. A run elsewhere is not among them.</summary>
public interface IRunsAtWork
{
    /// <summary>The newest progress of each run that has told any; a run tells each second, and for the last time when its rows are through.</summary>
    IReadOnlyList<RunProgress> Now { get; }

    /// <summary>How far a run is.</summary>
    /// <param name="runId">The run.</param>
    /// <returns>The newest progress, or null when the run is not at work here or has told none yet.</returns>
    RunProgress? Find(string runId);
}
