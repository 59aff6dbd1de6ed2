namespace WeatherService;

/// <summary>What a live source says of the real tomorrow of a place.</summary>
/// <param name="Source">The source.</param>
/// <param name="Location">The place.</param>
/// <param name="IsCurrent">Whether there is an answer for tomorrow, not older than six hours.</param>
/// <param name="ForDate">Tomorrow as the place has it; null while nothing is known of the place.</param>
/// <param name="TemperatureMaxC">The highest temperature in °C; null where there is no current answer.</param>
/// <param name="ReceivedAt">When the source was asked.</param>
/// <param name="Reason">Why there is no current answer.</param>
public sealed record LiveAnswer(
    string Source, string Location, bool IsCurrent, DateOnly? ForDate, double? TemperatureMaxC, DateTimeOffset? ReceivedAt, string? Reason);
