namespace DataEngineX;

/// <summary>Decides where a run is executed: in this process by default, elsewhere by an adapter.</summary>
public interface IRunPlacement
{
    /// <summary>Executes a run and waits for its end.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancellationToken">Asks the run to stop.</param>
    /// <returns>The record of the ended run.</returns>
    ValueTask<RunRecord> ExecuteAsync(RunRequest request, CancellationToken cancellationToken = default);
}
