using Apache.Arrow;
using DataEngineX;
using DataEngineX.Lakehouse;
using DataEngineX.Lakehouse.Json;
using DataEngineX.Pipelines;

namespace WeatherService;

/// <summary>
/// Gives the days or steps of each answer their types, as the provider documents them, with the name of the answer and the run. An answer that is no JSON is
/// refused, one of another form set aside, both with their name.
/// </summary>
public static class LiveBronze
{
    /// <summary>The pipeline's name.</summary>
    public const string Name = "weather.live.bronze";

    /// <summary>Describes the pipeline.</summary>
    /// <param name="p">Where it starts.</param>
    /// <param name="live">The source.</param>
    public static PipelineEnd Describe(PipelineBuilder p, LiveOptions live)
    {
        ArgumentNullException.ThrowIfNull(live);
        return live.Provider == LiveProvider.OpenWeatherMap
            ? End(OpenWeatherMap.RowsOf(Read(p, live, OpenWeatherMap.Columns)), live)
            : End(OpenMeteo.RowsOf(Read(p, live, OpenMeteo.Columns)), live);
    }

    private static Flow Read(PipelineBuilder p, LiveOptions live, Schema columns) =>
        p.ReadJsonObjects(Layer.Raw, live.Table, columns, new JsonReadOptions { IsDocument = true }).Incremental();

    private static PipelineEnd End(Flow rows, LiveOptions live) => rows.AppendTo(Layer.Bronze, live.Table).WithRunColumn();
}
