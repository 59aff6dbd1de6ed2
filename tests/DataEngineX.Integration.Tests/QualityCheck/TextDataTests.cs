using System.Text.Json.Nodes;

namespace DataEngineX.Integration.Tests.QualityCheck;

/// <summary>How the program reads text files, whose columns and types have to be found.</summary>
public sealed class TextDataTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(",a,name\n0,5,x\n1,6,y\n")]
    [InlineData("a,name,\n5,x,\n6,y,\n")]
    [InlineData("a,why?\nbob,x\nann,y\n")]
    [InlineData("a\nopen\na\n")]
    public async Task A_header_is_known_whatever_stands_in_it(string text)
    {
        // No rule names a column, so that nothing but the file itself tells.
        var run = await Check(File("rows.csv", text), ("expect_table_row_count_to_equal", """{"value": 2}"""));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        run = await Check(File("rows.csv", text), ("expect_column_to_exist", """{"column": "a", "column_index": """ + (text[0] == ',' ? 1 : 0) + "}"));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task A_first_line_that_is_taken_for_data_is_told_of_and_can_be_told_to_be_the_header()
    {
        var data = File("years.csv", "2019,2020\n5,6\n7,8\n");
        var (type, arguments) = ("expect_table_row_count_to_equal", """{"value": 2}""");

        var guessed = await Check(data, (type, arguments));
        Assert.Equal(1, guessed.ExitCode);
        Assert.Matches("^note: the first line of '[^']*years.csv' is taken for data .*column1, column2; --header[^\n]*\n$", guessed.Error);
        Assert.Equal((0, ""), await Outcome(data, [(type, arguments)], "--header"));
        Assert.Equal((1, ""), await Outcome(data, [(type, arguments)], "--no-header"));

        // A name that a rule asks for makes it a header with the types of what follows.
        Assert.Equal((0, ""), await Outcome(data, [(type, arguments), ("expect_column_sum_to_be_between", """{"column": "2020", "min_value": 14, "max_value": 14}""")]));
        var profile = await QualityCheckRun.InProcessAsync("profile", "--data", data, "--header");
        Assert.Equal((0, ""), (profile.ExitCode, profile.Error));
        Assert.StartsWith("2 rows", profile.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none.jsonl", "")]
    [InlineData("none.csv", "")]
    [InlineData("blank.jsonl", "\n\n")]
    [InlineData("blank.csv", " \n")]
    public async Task Data_in_which_nothing_stands_has_no_columns_and_no_rows(string name, string text)
    {
        var run = await QualityCheckRun.InProcessAsync("check", "--data", File(name, text), "--format", "gx", "--key", "zz", "--mask", "zz", "--suite", Suite(
            ("expect_column_to_exist", """{"column": "zz"}"""),
            ("expect_column_values_to_not_be_null", """{"column": "zz"}"""),
            ("expect_table_row_count_to_equal", """{"value": 0}"""),
            ("expect_table_column_count_to_equal", """{"value": 0}""")));

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        var results = JsonNode.Parse(run.Output)!["results"]!.AsArray();
        Assert.Equal([false, false, true, true], results.Select(r => (bool)r!["success"]!));
        Assert.Equal([false, true, false, false], results.Select(r => (bool)r!["exception_info"]!["raised_exception"]!));
    }

    [Fact]
    public async Task A_text_is_read_as_what_the_rules_ask_for()
    {
        var data = File("codes.csv", "code,day\n007,2024-01-01\n042,2024-01-02\n");
        var suite = Suite(
            ("expect_column_value_lengths_to_equal", """{"column": "code", "value": 3}"""),
            ("expect_column_values_to_match_regex", """{"column": "day", "regex": "^2024-01-0[12]$"}"""));

        var run = await QualityCheckRun.InProcessAsync("check", "--suite", suite, "--data", data);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Numbers_stay_numbers_beside_a_rule_that_looks_at_their_letters()
    {
        var run = await QualityCheckRun.InProcessAsync("check", "--data", File("codes.csv", "zip,code,n\n12345,007,1\n98765,042,2\n"), "--format", "gx", "--suite", Suite(
            ("expect_column_values_to_match_regex", """{"column": "zip", "regex": "^\\d{5}$"}"""),
            ("expect_column_mean_to_be_between", """{"column": "zip", "min_value": 55555, "max_value": 55555}"""),
            ("expect_column_value_lengths_to_equal", """{"column": "code", "value": 3}"""),
            ("expect_column_values_to_be_in_set", """{"column": "n", "value_set": ["1", "2"]}"""),
            ("expect_column_sum_to_be_between", """{"column": "n", "min_value": 3, "max_value": 3}"""),
            ("expect_column_values_to_be_dateutil_parseable", """{"column": "n"}""")));

        Assert.Equal("", run.Error);
        var results = JsonNode.Parse(run.Output)!["results"]!.AsArray();
        Assert.Equal([true, true, true, false, true, false], results.Select(r => (bool)r!["success"]!));
        Assert.Equal([false, false, false, false, false, true], results.Select(r => (bool)r!["exception_info"]!["raised_exception"]!));
    }

    [Fact]
    public async Task Keys_that_are_texts_are_looked_up_among_texts()
    {
        var suite = File("keys.json", """{"rules": [{"rule": "in_reference", "column": "station", "reference": "stations", "reference_columns": ["id"]}]}""");
        var run = await QualityCheckRun.InProcessAsync(
            "check", "--suite", suite, "--data", File("rows.csv", "station,n\n007,1\n1001,2\n"), "--reference", $"stations={File("stations.csv", "id,n\n1001,1\n1002,2\n")}", "--format", "json");

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        var verdict = JsonNode.Parse(run.Output)!["verdicts"]![0]!;
        Assert.Equal(("fail", 1), ((string?)verdict["outcome"], (int)verdict["failed"]!));
    }

    private async Task<(int Code, string Error)> Outcome(string data, (string Type, string Arguments)[] expectations, params string[] options)
    {
        var run = await QualityCheckRun.InProcessAsync(["check", "--suite", Suite(expectations), "--data", data, .. options]);
        return (run.ExitCode, run.Error);
    }

    private Task<QualityCheckRun> Check(string data, params (string Type, string Arguments)[] expectations) =>
        QualityCheckRun.InProcessAsync("check", "--suite", Suite(expectations), "--data", data);

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder.Root, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private string Suite(params (string Type, string Arguments)[] expectations) => File($"suite{Guid.NewGuid():N}.json", new JsonObject
    {
        ["expectations"] = new JsonArray([.. expectations.Select(static e => new JsonObject { ["type"] = e.Type, ["kwargs"] = JsonNode.Parse(e.Arguments) })]),
    }.ToJsonString());
}
