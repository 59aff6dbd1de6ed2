namespace DataEngineX.Integration.Tests.Weather;

public sealed class FeatureTests
{
    public sealed record Feature(
        string Location,
        DateOnly Date,
        int DayOfYearNext,
        double TempMax,
        double? TempMaxLag1,
        double? TempMaxMean7,
        double? TempMaxMean30,
        double? Climatology,
        double? ClimatologyNext,
        double? TempMaxAnomaly);

    [Fact]
    public async Task Shuffling_the_future_changes_no_feature()
    {
        const string cut = "2015-07-01";
        await using var real = await WithAsync(Observations.Lines);
        var past = Observations.Lines.Where(l => string.CompareOrdinal(Observations.DayOf(l), cut) < 0);
        await using var shuffled = await WithAsync([.. past, .. Shuffled([.. Observations.Lines.Except(past)])]);
        var day = DateOnly.Parse(cut, System.Globalization.CultureInfo.InvariantCulture);

        var before = (await FeaturesAsync(real)).Where(f => f.Date < day).ToList();
        var after = (await FeaturesAsync(shuffled)).Where(f => f.Date < day).ToList();

        Assert.True(before.Count > 2_500);
        Assert.Equal(before, after);
        Assert.NotEqual(await FeaturesAsync(real), await FeaturesAsync(shuffled));
    }

    [Fact]
    public async Task Features_are_what_their_names_say()
    {
        await using var weather = await WithAsync(Observations.Lines);
        var days = (await FeaturesAsync(weather)).Where(f => f.Location == "Seattle").ToDictionary(f => f.Date);
        double Mean(DateOnly first, int count) => Enumerable.Range(0, count).Average(i => days[first.AddDays(i)].TempMax);

        var day = new DateOnly(2015, 6, 15);
        var feature = days[day];
        Assert.Equal(day.AddDays(1).DayOfYear, feature.DayOfYearNext);
        Assert.Equal(days[day.AddDays(-1)].TempMax, feature.TempMaxLag1);
        Assert.Equal(Mean(day.AddDays(-6), 7), feature.TempMaxMean7!.Value, 9);
        Assert.Equal(Mean(day.AddDays(-29), 30), feature.TempMaxMean30!.Value, 9);
        var years = Enumerable.Range(0, 3).Average(y => Mean(day.AddDays(-371 - (365 * y)), 15));
        Assert.Equal(years, feature.ClimatologyNext!.Value, 9);
        Assert.Equal(feature.TempMax - feature.Climatology!.Value, feature.TempMaxAnomaly!.Value, 9);
        Assert.Null(days[new DateOnly(2012, 1, 1)].TempMaxLag1);
        Assert.Null(days[new DateOnly(2012, 1, 29)].TempMaxMean30);
        Assert.Null(days[new DateOnly(2012, 12, 1)].ClimatologyNext);
    }

    [Fact]
    public async Task A_missing_day_is_not_taken_for_another()
    {
        await using var weather = await WithAsync(Observations.Lines.Where(l => !l.StartsWith("Seattle,2014-03-10", StringComparison.Ordinal)));
        var days = (await FeaturesAsync(weather)).Where(f => f.Location == "Seattle").ToDictionary(f => f.Date);

        Assert.Null(days[new DateOnly(2014, 3, 11)].TempMaxLag1);
        Assert.NotNull(days[new DateOnly(2014, 3, 12)].TempMaxLag1);
    }

    private static async Task<LocalWeather> WithAsync(IEnumerable<string> lines)
    {
        var weather = new LocalWeather();
        weather.Place("history.csv", lines);
        await weather.RunToGoldAsync();
        return weather;
    }

    private static async Task<IReadOnlyList<Feature>> FeaturesAsync(LocalWeather weather) =>
        [.. (await weather.Lake.ReadAsync<Feature>(Layer.Gold, "daily_features")).OrderBy(f => f.Location, StringComparer.Ordinal).ThenBy(f => f.Date)];

    /// <summary>The same days with the values of other days.</summary>
    private static IEnumerable<string> Shuffled(IReadOnlyList<string> lines)
    {
        var random = new Random(7);
        var values = lines.Select(l => string.Join(',', l.Split(',')[2..])).ToArray();
        random.Shuffle(values);
        return lines.Select((l, i) => $"{string.Join(',', l.Split(',')[..2])},{values[i]}");
    }
}
