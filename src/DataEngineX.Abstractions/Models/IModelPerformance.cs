namespace DataEngineX;

/// <summary>How a model's forecasts fared once the truth was known.</summary>
public interface IModelPerformance
{
    /// <summary>The model it watches.</summary>
    string Model { get; }

    /// <summary>Errors of all forecasts whose actual value is known.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<PerformanceReport> GetAsync(CancellationToken cancellationToken = default);
}
