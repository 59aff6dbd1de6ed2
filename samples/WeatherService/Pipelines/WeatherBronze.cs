using DataEngineX;
using DataEngineX.Lakehouse;
using DataEngineX.Pipelines;

namespace WeatherService;

/// <summary>Gives the lines of new files their types. A line that does not fit is set aside; a file that is worthless as a whole is refused.</summary>
public static class WeatherBronze
{
    /// <summary>The pipeline's name.</summary>
    public const string Name = "weather.bronze";

    /// <summary>Describes the pipeline.</summary>
    /// <param name="p">Where it starts.</param>
    public static PipelineEnd Describe(PipelineBuilder p) => p
        .ReadCsvObjects<Observation>(Layer.Raw, "weather").Incremental()
        .AppendTo(Layer.Bronze, "observations");
}
