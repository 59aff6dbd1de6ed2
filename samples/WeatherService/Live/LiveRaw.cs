using DataEngineX;
using DataEngineX.Lakehouse;
using DataEngineX.Pipelines;
using DataEngineX.Sources;

namespace WeatherService;

/// <summary>
/// Asks the live source about each place, and keeps every answer as it came: its bytes by digest, and a row of name, digest, size and time. The name tells
/// source, place and instant. A source that cannot be asked fails the run, which says why.
/// </summary>
public static class LiveRaw
{
    /// <summary>The pipeline's name.</summary>
    public const string Name = "weather.live.raw";

    /// <summary>Describes the pipeline.</summary>
    /// <param name="p">Where it starts.</param>
    /// <param name="live">The source and the places.</param>
    public static PipelineEnd Describe(PipelineBuilder p, LiveOptions live)
    {
        ArgumentNullException.ThrowIfNull(live);
        var answers = live.Places.Select(place => (Flow)(live.Provider == LiveProvider.OpenWeatherMap
            ? p.ReadHttp($"{live.Name}/{place.Name}", OpenWeatherMap.AddressOf(live, place), LiveHttp.Options(live, OpenWeatherMap.KeyParameter))
            : p.ReadHttp($"{live.Name}/{place.Name}", OpenMeteo.AddressOf(live, place), LiveHttp.Options(live, OpenMeteo.KeyParameter)))).ToList();
        return answers[0].Union([.. answers.Skip(1)]).IngestInto(Layer.Raw, live.Table);
    }
}
