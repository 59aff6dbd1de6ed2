namespace DataEngineX.Pipelines;

/// <summary>Plans and executes runs in this process.</summary>
public interface IPipelineRunner
{
    /// <summary>Tells what a run would do now, without doing it.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="PlanException">There is no such pipeline, or it does not bind.</exception>
    ValueTask<RunPlan> PlanAsync(string pipeline, CancellationToken cancellationToken = default);

    /// <summary>Executes a run. Faults of the run are in the record; only misuse and cancellation of the caller throw.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="progress">Hears rows and batches while the run is at work. <value>Default: null.</value></param>
    /// <param name="cancellationToken">Asks the run to stop; it then ends as <see cref="RunState.Cancelled"/>.</param>
    /// <returns>The record of the ended run.</returns>
    ValueTask<RunRecord> RunAsync(RunRequest request, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default);
}
