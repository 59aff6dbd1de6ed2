using DataEngineX;
using DataEngineX.Pipelines;
using DataEngineX.Quality;

namespace WeatherService;

/// <summary>Lets plausible observations through, one for each city and day. A later file corrects the days of an earlier one.</summary>
/// <remarks>
/// A day that one file holds twice is set aside with all its copies, for nobody can say which is right. The file is part of that key, so that
/// reading new rows alone gives what reading all of them would: what counts as twice never depends on how files fall into runs.
/// </remarks>
public static class WeatherSilver
{
    /// <summary>The pipeline's name.</summary>
    public const string Name = "weather.silver";

    /// <summary>No station reports a day before this one; an earlier day is a mistake of the file.</summary>
    private static readonly DateOnly FirstDay = new(1850, 1, 1);

    /// <summary>Describes the pipeline.</summary>
    /// <param name="p">Where it starts.</param>
    public static PipelineEnd Describe(PipelineBuilder p) => p
        .ReadTable<ReceivedObservation>(Layer.Bronze, "observations").Incremental()
        .Check(q => q
            .NotNull(r => new { r.Location, r.Date, r.Precipitation, r.TempMax, r.TempMin, r.Wind, r.Weather })
            .Regex(r => r.Location, @"^\p{L}[\p{L}\p{M} .'’-]{0,99}$").Named("location is a name")
            .AtLeast(r => r.Date, FirstDay)
            .Between(r => r.TempMax, -60, 60)
            .Between(r => r.TempMin, -80, 50)
            .Satisfies(r => r.TempMin <= r.TempMax).Named("temp_min not above temp_max")
            .Satisfies(r => r.TempMax - r.TempMin <= 60).Named("a day's range is at most 60 degrees")
            .Between(r => r.Precipitation, 0, 1_000)
            .Between(r => r.Wind, 0, 120)
            .InSet(r => r.Weather, WeatherKinds.All)
            .Unique(r => new { r.File, r.Location, r.Date })
            .WhenNothingToCheck(NothingToCheck.Pass)
            .OnFailure(Gate.Quarantine))
        .Select(r => new { r.Location, r.Date, r.Precipitation, r.TempMax, r.TempMin, r.Wind, r.Weather })
        .UpsertInto(Layer.Silver, "observations", key: r => new { r.Location, r.Date })
        .Contract(c => c.Promises<CleanObservation>().All(ContractMode.Freeze))
        .FreshWithin(r => r.Date, TimeSpan.FromDays(2));
}
