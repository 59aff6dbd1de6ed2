using DataEngineX;
using DataEngineX.Lakehouse;
using DataEngineX.Pipelines;

namespace WeatherService;

/// <summary>Keeps every file of the inbox as it was received: its bytes by digest, and a row of path, digest, size and time in raw/weather.</summary>
public static class WeatherRaw
{
    /// <summary>The pipeline's name.</summary>
    public const string Name = "weather.raw";

    /// <summary>Describes the pipeline.</summary>
    /// <param name="p">Where it starts.</param>
    /// <param name="inbox">The folder watched.</param>
    public static PipelineEnd Describe(PipelineBuilder p, string inbox) => p
        .ReadFolder(inbox, "*.csv", name: "inbox").Incremental()
        .IngestInto(Layer.Raw, "weather");
}
