using System.Text.Json;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Profiles;

public class ProfileReferenceTests
{
    private static readonly JsonElement Expected = Reference.Read("profiles.json");

    public static TheoryData<string> Columns() => [.. Expected.GetProperty("columns").EnumerateObject().Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task Metrics_are_those_of_numpy_and_scipy(string name)
    {
        var expected = Expected.GetProperty("columns").GetProperty(name);
        var values = expected.Numbers("values");
        var batch = Rows.Of(("x", DoubleType.Default, [.. values.Select(v => (object?)v)]));
        var column = (await ProfileRun.OfAsync(batch, 97))["x"];
        var numbers = column.Numbers!;
        Assert.Equal(values.Length, numbers.Count);
        Close.To(expected.Number("sum"), numbers.Sum, "sum");
        Close.To(expected.Number("mean"), numbers.Mean, "mean");
        Close.To(expected.Number("variance"), numbers.Variance, "variance");
        Close.To(expected.Number("skewness"), numbers.Skewness, "skewness");
        Close.To(expected.Number("kurtosis"), numbers.Kurtosis, "kurtosis");
        Assert.Equal(expected.GetProperty("zeros").GetInt64(), numbers.Zeros);
        Assert.Equal(expected.GetProperty("negatives").GetInt64(), numbers.Negatives);
        Assert.Equal(values.Min(), numbers.Min);
        Assert.Equal(values.Max(), numbers.Max);
        var distinct = expected.GetProperty("distinct").GetInt64();
        if (distinct <= 2048)
        {
            Assert.Equal(distinct, column.Distinct);
            Assert.Equal(expected.GetProperty("top").GetInt64(), column.TopValues(1)[0].Count);
        }

        // All values are kept: by their counts, or as they are up to 5,120.
        Assert.True(numbers.AreQuantilesExact);
        Close.To(expected.Number("mad"), numbers.MedianAbsoluteDeviation, "median absolute deviation");
        var shares = Expected.Numbers("shares");
        var quantiles = expected.Numbers("quantiles");
        for (var i = 0; i < shares.Length; i++)
            Close.To(quantiles[i], numbers.Quantile(shares[i]), $"quantile {shares[i]}");
        if (values.Min() < values.Max())
            Assert.Equal(expected.GetProperty("counts").EnumerateArray().Select(c => c.GetInt64()), numbers.Histogram(20).Select(b => b.Count));
    }

    [Fact]
    public async Task Correlations_are_those_of_scipy()
    {
        foreach (var expected in Expected.GetProperty("pairs").EnumerateArray())
        {
            var batch = Rows.Of(
                ("x", DoubleType.Default, [.. expected.Numbers("x").Select(v => (object?)v)]),
                ("y", DoubleType.Default, [.. expected.Numbers("y").Select(v => (object?)v)]));
            var pair = (await ProfileRun.OfAsync(batch, 41, new ProfileOptions { Correlations = true })).Pairs.Single();
            Close.To(expected.Number("pearson"), pair.Pearson, "pearson");
            Close.To(expected.Number("spearman"), pair.Spearman, "spearman");
        }
    }

    [Fact]
    public async Task The_association_of_categories_is_that_of_scipy()
    {
        var expected = Expected.GetProperty("table");
        object?[] Texts(string name) => [.. expected.GetProperty(name).EnumerateArray().Select(e => (object?)e.GetString())];
        var batch = Rows.Of(
            ("left", StringType.Default, Texts("left")),
            ("right", new DictionaryType(Int32Type.Default, StringType.Default, false), Texts("right")));
        var pair = (await ProfileRun.OfAsync(batch, 30, new ProfileOptions { Correlations = true })).Pairs.Single();
        Close.To(expected.Number("cramers_v"), pair.CramersV, "Cramér's V");
    }
}
