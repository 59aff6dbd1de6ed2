using DataEngineX;
using DataEngineX.Pipelines;
using DataEngineX.Quality;

namespace WeatherService;

/// <summary>Shapes observations for forecasting: one row for each city and day, with nothing in it that was not known by that day's end.</summary>
/// <remarks>
/// A lag is taken only from the day it says, and a mean only from a span that is not much longer than its rows: where days are missing the
/// feature is null rather than that of another day. A table that breaks a promise a model relies on is not published; the one before stays. The table is read and written in full, for one day more moves every window.
/// </remarks>
public static class WeatherGold
{
    /// <summary>The pipeline's name.</summary>
    public const string Name = "weather.gold";

    /// <summary>Describes the pipeline.</summary>
    /// <param name="p">Where it starts.</param>
    public static PipelineEnd Describe(PipelineBuilder p) => p
        .ReadTable<CleanObservation>(Layer.Silver, "observations")
        .Window(r => r.Location, r => r.Date, (r, w) => new
        {
            r.Location,
            r.Date,
            r.TempMax,
            r.TempMin,
            r.Precipitation,
            r.Wind,
            r.Weather,
            TempMaxLag1 = w.Lag(r.Date, 1) == r.Date.AddDays(-1) ? w.Lag(r.TempMax, 1) : (double?)null,
            TempMaxMean7 = w.Lag(r.Date, 6) >= r.Date.AddDays(-7) ? w.RollingMean(r.TempMax, 7) : (double?)null,
            TempMaxMean30 = w.Lag(r.Date, 29) >= r.Date.AddDays(-32) ? w.RollingMean(r.TempMax, 30) : (double?)null,

            // The fortnight around this day, and around the next one, in each of the last three years.
            Year1 = w.Lag(r.Date, 372) >= r.Date.AddDays(-375) ? w.Lag(w.RollingMean(r.TempMax, 15), 358) : (double?)null,
            Year2 = w.Lag(r.Date, 737) >= r.Date.AddDays(-740) ? w.Lag(w.RollingMean(r.TempMax, 15), 723) : (double?)null,
            Year3 = w.Lag(r.Date, 1102) >= r.Date.AddDays(-1105) ? w.Lag(w.RollingMean(r.TempMax, 15), 1088) : (double?)null,
            Next1 = w.Lag(r.Date, 371) >= r.Date.AddDays(-374) ? w.Lag(w.RollingMean(r.TempMax, 15), 357) : (double?)null,
            Next2 = w.Lag(r.Date, 736) >= r.Date.AddDays(-739) ? w.Lag(w.RollingMean(r.TempMax, 15), 722) : (double?)null,
            Next3 = w.Lag(r.Date, 1101) >= r.Date.AddDays(-1104) ? w.Lag(w.RollingMean(r.TempMax, 15), 1087) : (double?)null,
        })
        .Select(r => new
        {
            r.Location,
            r.Date,
            TargetDate = r.Date.AddDays(1),
            DayOfYearNext = r.Date.AddDays(1).DayOfYear,
            r.TempMax,
            r.TempMin,
            r.Precipitation,
            r.Wind,
            r.Weather,
            r.TempMaxLag1,
            r.TempMaxMean7,
            r.TempMaxMean30,
            Climatology = (r.Year1 + r.Year2 + r.Year3) / 3 ?? (r.Year1 + r.Year2) / 2 ?? r.Year1,
            ClimatologyNext = (r.Next1 + r.Next2 + r.Next3) / 3 ?? (r.Next1 + r.Next2) / 2 ?? r.Next1,
        })
        .Select(r => new
        {
            r.Location,
            r.Date,
            r.TargetDate,
            r.DayOfYearNext,
            r.TempMax,
            r.TempMin,
            r.Precipitation,
            r.Wind,
            r.Weather,
            r.TempMaxLag1,
            r.TempMaxMean7,
            r.TempMaxMean30,
            r.Climatology,
            r.ClimatologyNext,
            TempMaxAnomaly = r.TempMax - r.Climatology,
        })
        .Check(q => q
            .NotNull(r => new { r.Location, r.Date, r.TargetDate, r.TempMax, r.TempMin, r.Precipitation, r.Wind, r.Weather })
            .Unique(r => new { r.Location, r.Date }).Critical()
            .Satisfies(r => r.TargetDate > r.Date).Named("the target is after the day").Critical()
            .Between(r => r.DayOfYearNext, 1, 366)
            .Between(r => r.TempMaxLag1, -60, 60)
            .Between(r => r.TempMaxMean7, -60, 60)
            .Between(r => r.TempMaxMean30, -60, 60)
            .Between(r => r.Climatology, -60, 60)
            .Between(r => r.ClimatologyNext, -60, 60)
            .Between(r => r.TempMaxAnomaly, -60, 60).Warn()
            .NotNull(r => r.ClimatologyNext).Mostly(0.5).Named("most days have a climatology").Warn()
            .RowCount(min: 1)
            .WhenNothingToCheck(NothingToCheck.Pass)
            .OnFailure(Gate.Stop))
        .ReplaceTable(Layer.Gold, "daily_features");
}
