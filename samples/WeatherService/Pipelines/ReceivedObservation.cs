using DataEngineX;
using DataEngineX.Pipelines;

namespace WeatherService;

/// <summary>A row of bronze/observations: an <see cref="Observation"/> and where it stands.</summary>
/// <param name="Location">The city.</param>
/// <param name="Date">The day.</param>
/// <param name="Precipitation">In mm.</param>
/// <param name="TempMax">The highest temperature in °C.</param>
/// <param name="TempMin">The lowest temperature in °C.</param>
/// <param name="Wind">In m/s.</param>
/// <param name="Weather">One of <see cref="WeatherKinds"/>.</param>
/// <param name="File">The file.</param>
/// <param name="Line">The line, counted from 1.</param>
public sealed record ReceivedObservation(
    string? Location,
    DateOnly? Date,
    double? Precipitation,
    double? TempMax,
    double? TempMin,
    double? Wind,
    string? Weather,
    [property: ColumnName(RowOrigin.FileColumn)] string File,
    [property: ColumnName(RowOrigin.LineColumn)] long Line);
