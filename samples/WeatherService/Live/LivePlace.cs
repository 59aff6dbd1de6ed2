namespace WeatherService;

/// <summary>A place that a live source is asked about.</summary>
/// <param name="Name">What the service calls it.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
public sealed record LivePlace(string Name, double Latitude, double Longitude);
