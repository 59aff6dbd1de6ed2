namespace DataEngineX;

/// <summary>One forecast and, once known, what came true.</summary>
/// <param name="Key">The entity, such as a location.</param>
/// <param name="For">The day it was made for.</param>
/// <param name="Forecast">The forecast.</param>
/// <param name="Actual">The actual value, or null while unknown.</param>
/// <param name="Baselines">What each baseline said, by name.</param>
/// <param name="ModelVersion">The version that made it.</param>
public sealed record ForecastOutcome(
    string Key, DateOnly For, double Forecast, double? Actual, IReadOnlyDictionary<string, double> Baselines, int ModelVersion);
