namespace DataEngineX.Pipelines;

/// <summary>Hears what runs cost. It must return at once and never throw.</summary>
public interface IRunStatisticsObserver
{
    /// <summary>A run is over.</summary>
    /// <param name="statistics">What it cost.</param>
    void RunCompleted(RunStatistics statistics);
}
