namespace DataEngineX.Hosting;

/// <summary>The runs of this host that wait for a place. Orders to run one pipeline that both still wait become one run.</summary>
public interface IRunQueue
{
    /// <summary>The runs that wait, first come first.</summary>
    IReadOnlyList<RunRecord> Waiting { get; }

    /// <summary>Orders a run and returns at once.</summary>
    /// <param name="request">What to run.</param>
    /// <returns>The record of the run as it waits (state running, nothing counted yet); of one that waited already, if it will do the same.</returns>
    /// <exception cref="RunRefusedException">The host is stopping, or too many runs wait.</exception>
    /// <exception cref="PlanException">There is no such pipeline.</exception>
    RunRecord Enqueue(RunRequest request);
}
