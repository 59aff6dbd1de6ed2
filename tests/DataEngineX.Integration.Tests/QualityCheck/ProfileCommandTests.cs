using System.Text.Json.Nodes;

namespace DataEngineX.Integration.Tests.QualityCheck;

/// <summary>Profiles of the program, and the rules they suggest.</summary>
public sealed class ProfileCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_profile_suggests_rules_that_the_data_passes()
    {
        var data = File("many.csv", "id,kind\n" + string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i},{(i % 2 == 0 ? "sun" : "rain")}\n")));
        var suite = Path.Combine(_folder.Root, "suggested.json");

        var text = await QualityCheckRun.InProcessAsync("profile", "--data", data, "--suggest");
        var made = await QualityCheckRun.InProcessAsync("profile", "--data", data, "--suggest", "--format", "json", "--output", suite);
        var check = await QualityCheckRun.InProcessAsync("check", "--suite", suite, "--data", data);

        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        Assert.Contains("NotNull(\"id\")", text.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        Assert.Equal((0, ""), (check.ExitCode, check.Error));
        var written = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(suite, TestContext.Current.CancellationToken))!;
        Assert.Equal(2000, Quality.Profile.Parse(written["profile"]!.ToJsonString()).Rows);
        var suggestion = written["suggestions"]!.AsArray().First(s => (string?)s!["rule"]!["rule"] == "not_null" && (string?)s["rule"]!["column"] == "id")!;
        Assert.Equal(".NotNull(\"id\")", (string?)suggestion["csharp"]);
        Assert.All(written["suggestions"]!.AsArray(), s => Assert.All(new[] { "reason", "evidence" }, n => Assert.NotEqual("", (string?)s![n] ?? "")));
        Assert.Equal(written["suggestions"]!.AsArray().Select(s => s!["rule"]!.ToJsonString()), written["suite"]!["rules"]!.AsArray().Select(r => r!.ToJsonString()));
        Assert.Contains("sun", (await QualityCheckRun.InProcessAsync("profile", "--data", data, "--format", "json")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task A_profile_of_few_rows_suggests_nothing_and_says_why(string format)
    {
        var run = await QualityCheckRun.InProcessAsync("profile", "--data", File("rows.jsonl", "{\"score\": 1.5}\n{\"score\": 2}\n{\"score\": 99}\n"), "--suggest", "--format", format);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("a suggestion needs at least 100 rows, and there are 3", run.Output, StringComparison.Ordinal);
        Assert.Contains("score", run.Output, StringComparison.Ordinal);
        if (format == "json")
            Assert.Equal("[]", JsonNode.Parse(run.Output)!["suggestions"]!.ToJsonString());
    }

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder.Root, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
