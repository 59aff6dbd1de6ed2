using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Profiles;

public class ProfileAlertTests
{
    [Fact]
    public async Task What_stands_out_is_told()
    {
        var rows = Enumerable.Range(0, 100).ToArray();
        var profile = await ProfileRun.OfAsync(
            ("constant", Int64Type.Default, [.. rows.Select(_ => (object?)1L)]),
            ("missing", Int64Type.Default, [.. rows.Select(i => i % 2 == 0 ? null : (object?)(long)(i * i))]),
            ("nothing", Int64Type.Default, [.. rows.Select(_ => (object?)null)]),
            ("zeros", DoubleType.Default, [.. rows.Select(i => (object?)(i < 50 ? 0.0 : Math.Exp(i / 9.0)))]),
            ("odd", DoubleType.Default, [.. rows.Select(i => (object?)(i == 4 ? double.NaN : i % 7 * i))]),
            ("key", StringType.Default, [.. rows.Select(i => (object?)$"k{i}")]),
            ("names", StringType.Default, [.. rows.Select(i => (object?)(i < 80 ? $"n{i}" : "n1"))]),
            ("imbalanced", StringType.Default, [.. rows.Select(i => (object?)(i == 1 ? "no way" : "always"))]),
            ("even", Int64Type.Default, [.. rows.Select(i => (object?)(long)i)]),
            ("dirty", StringType.Default, [.. rows.Select(i => (object?)(i % 3 == 0 ? "Stuttgart" : i % 3 == 1 ? "Stutgart" : "Ulm"))]),
            ("spaced", StringType.Default, [.. rows.Select(i => (object?)(i == 5 ? "b " : i % 2 == 0 ? "aaaa" : "b"))]),
            ("numbers", StringType.Default, [.. rows.Select(i => (object?)$"{i % 9}")]),
            ("late", Date32Type.Default, [.. rows.Select(i => (object?)DateOnly.FromDateTime(ProfileRun.Now.UtcDateTime).AddDays((i % 9) - 7))]));
        var found = profile.Alerts().Select(a => (a.Kind, a.Column)).ToHashSet();
        (ProfileAlertKind, string?)[] expected =
        [
            (ProfileAlertKind.Constant, "constant"), (ProfileAlertKind.Missing, "missing"), (ProfileAlertKind.AllMissing, "nothing"),
            (ProfileAlertKind.Zeros, "zeros"), (ProfileAlertKind.Infinite, "odd"), (ProfileAlertKind.AllUnique, "key"),
            (ProfileAlertKind.HighCardinality, "names"), (ProfileAlertKind.Imbalance, "imbalanced"), (ProfileAlertKind.Uniform, "even"),
            (ProfileAlertKind.DirtyCategories, "dirty"), (ProfileAlertKind.WhiteSpace, "spaced"), (ProfileAlertKind.OtherType, "numbers"),
            (ProfileAlertKind.InTheFuture, "late"),
        ];
        Assert.Empty(expected.Except(found));
        Assert.DoesNotContain((ProfileAlertKind.Missing, "constant"), found);
        Assert.DoesNotContain(found, f => f.Kind is ProfileAlertKind.Duplicates or ProfileAlertKind.Skewed);
        Assert.Contains(profile.Alerts(), a => a.Message == "50% of 'missing' is missing.");
        Assert.DoesNotContain(profile.Alerts(new ProfileAlertOptions { Missing = 0.5 }), a => a.Kind == ProfileAlertKind.Missing);
    }

    [Fact]
    public async Task Duplicates_skew_and_correlation_are_told()
    {
        object?[] x = [.. Enumerable.Range(0, 1000).Select(i => (object?)(i == 500 ? 1e9 : i % 50))];
        var batch = Rows.Of(("x", DoubleType.Default, x), ("y", DoubleType.Default, [.. x.Select(v => (object?)(-2 * Convert.ToDouble(v, System.Globalization.CultureInfo.InvariantCulture)))]));
        var profile = await ProfileRun.OfAsync(batch, options: new ProfileOptions { Correlations = true });
        Assert.Equal(
            [ProfileAlertKind.Duplicates, ProfileAlertKind.Skewed, ProfileAlertKind.Skewed, ProfileAlertKind.HighCorrelation],
            profile.Alerts().Select(a => a.Kind));
        Close.To(-1, profile.Pairs[0].Pearson);
        Assert.Equal(949, profile.DuplicateRows);
    }

    [Fact]
    public async Task Without_rows_that_is_what_stands_out() =>
        Assert.Equal(ProfileAlertKind.Empty, (await ProfileRun.OfAsync(("x", Int64Type.Default, []))).Alerts().Single().Kind);
}
