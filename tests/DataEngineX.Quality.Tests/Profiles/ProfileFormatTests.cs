using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Profiles;

/// <summary>Profiles that were written by earlier versions are read. A file of a version that was released is never written anew.</summary>
public class ProfileFormatTests
{
    private const string File = "profile-v1.json";

    [Fact]
    public async Task A_profile_of_version_1_is_read_and_merges()
    {
        var today = await TodayAsync();
        // DEX_WRITE_GOLDEN=1 makes the file, for a new version of the form.
        if (Environment.GetEnvironmentVariable("DEX_WRITE_GOLDEN") == "1")
            await System.IO.File.WriteAllTextAsync(Source(), today.ToJson() + "\n", TestContext.Current.CancellationToken);
        var kept = Profile.Parse(await System.IO.File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "quality", File), TestContext.Current.CancellationToken));
        ProfileMetrics.Same(today, kept);
        Assert.Equal(2 * today.Rows, kept.Merge(today).Rows);
        Assert.Equal(today["few"].Distinct, kept.Merge(today)["few"].Distinct);
        Assert.InRange(kept.Merge(today)["many"].Distinct!.Value, today["many"].Distinct!.Value, today["many"].Distinct!.Value);
    }

    /// <summary>Exact counts and sketches, numbers, texts and times.</summary>
    private static Task<Profile> TodayAsync()
    {
        var random = new Random(20240607);
        object?[] Values(Func<int, object?> make) => [.. Enumerable.Range(0, 2600).Select(i => i % 11 == 0 ? null : make(i))];
        return ProfileRun.OfAsync(
            Rows.Of(
                ("many", Int64Type.Default, Values(i => (long)i * i)),
                ("few", StringType.Default, Values(i => $"Value {i % 9}")),
                ("text", StringType.Default, Values(i => $"{random.Next():x} ü")),
                ("value", DoubleType.Default, Values(i => Math.Round(random.NextDouble() * 50) / 4)),
                ("flag", BooleanType.Default, Values(i => i % 3 == 0)),
                ("day", Date32Type.Default, Values(i => new DateOnly(2024, 1, 1).AddDays(i % 400 * 2)))),
            options: new ProfileOptions { Parallelism = 1 });
    }

    /// <summary>The file in the repository, above the folder of the test.</summary>
    private static string Source()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "DataEngineX.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("The repository was not found above the test's folder.");
        return Path.Combine(folder.FullName, "tests", "data", "quality", File);
    }
}
