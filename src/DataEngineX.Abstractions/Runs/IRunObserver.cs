namespace DataEngineX;

/// <summary>Hears of runs: alerts, triggers, metrics and lineage export hang on it. It must return at once and never throw.</summary>
public interface IRunObserver
{
    /// <summary>A run has started.</summary>
    /// <param name="run">Its record.</param>
    void RunStarted(RunRecord run);

    /// <summary>A run has reached its final state.</summary>
    /// <param name="run">Its record, verdicts included.</param>
    /// <param name="lineage">Where the dataset it published comes from; null when it published nothing.</param>
    void RunFinished(RunRecord run, DatasetLineage? lineage);
}
