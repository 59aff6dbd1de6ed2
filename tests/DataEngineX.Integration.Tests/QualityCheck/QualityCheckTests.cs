using System.Text.Json.Nodes;
using System.Xml.Linq;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DataEngineX.Integration.Tests.QualityCheck;

/// <summary>The program as its users call it.</summary>
public sealed class QualityCheckTests : IDisposable
{
    private const string Rows = """
        {"id": 1, "name": "Ada", "day": "2024-01-01", "score": 1.5, "none": null}
        {"id": 2, "name": "Bob", "day": "2024-01-02", "score": 2, "none": null}
        {"id": 2, "name": null, "day": "2024-01-03", "score": 99, "none": null}

        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_exit_code_says_whether_the_data_passed(bool passes)
    {
        var run = await QualityCheckRun.ProcessAsync(
            "check", "--suite", Suite(("expect_column_values_to_be_between", $$"""{"column": "score", "max_value": {{(passes ? 100 : 50)}}}""")), "--data", File("rows.jsonl", Rows));

        Assert.Equal("", run.Error);
        Assert.Equal(passes ? 0 : 1, run.ExitCode);
        Assert.Contains(passes ? "passed: 1 of 1 rules hold for the 3 rows of" : "row 2: 99", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Great_Expectations_would_say_the_same()
    {
        var suite = Suite(
            ("expect_column_values_to_be_unique", """{"column": "id"}"""),
            ("expect_column_values_to_not_be_null", """{"column": "name", "mostly": 0.6}"""),
            ("expect_column_values_to_be_between", """{"column": "nowhere", "min_value": 1}"""),
            ("expect_column_values_to_be_between", """{"column": "none", "min_value": 1}"""),
            ("expect_column_max_to_be_between", """{"column": "score", "min_value": 1, "max_value": 100}"""));

        var run = await QualityCheckRun.InProcessAsync("check", "--suite", suite, "--data", File("rows.jsonl", Rows), "--format", "gx");

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        var result = JsonNode.Parse(run.Output)!;
        Assert.False((bool)result["success"]!);
        Assert.Equal("5 3 2 60", string.Join(' ', new[] { "evaluated_expectations", "successful_expectations", "unsuccessful_expectations", "success_percent" }
            .Select(n => (double)result["statistics"]![n]!)));
        var results = result["results"]!.AsArray();
        Assert.Equal([false, true, false, true, true], results.Select(r => (bool)r!["success"]!));
        Assert.Equal("expect_column_values_to_be_unique", (string?)(results[0]!["expectation_config"]!["expectation_type"] ?? results[0]!["expectation_config"]!["type"]));
        Assert.Equal("[2,2]", results[0]!["result"]!["unexpected_list"]!.ToJsonString());
        Assert.Equal("[1,2]", results[0]!["result"]!["unexpected_index_list"]!.ToJsonString());
        Assert.Equal(3, (int)results[0]!["result"]!["element_count"]!);
        Assert.Equal(1, (int)results[1]!["result"]!["unexpected_count"]!);
        Assert.True((bool)results[2]!["exception_info"]!["raised_exception"]!);
        Assert.Contains("nowhere", (string?)results[2]!["exception_info"]!["exception_message"], StringComparison.Ordinal);
        Assert.Equal(99, (double)results[4]!["result"]!["observed_value"]!);
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    [InlineData("parquet")]
    [InlineData("delta")]
    public async Task Every_kind_of_data_gives_the_same_verdicts(string kind)
    {
        var suite = Suite(
            ("expect_column_values_to_be_unique", """{"column": "id"}"""),
            ("expect_column_values_to_not_be_null", """{"column": "name"}"""),
            ("expect_column_sum_to_be_between", """{"column": "score", "min_value": 102.5, "max_value": 102.5}"""),
            ("expect_table_row_count_to_equal", """{"value": 3}"""),
            ("expect_column_values_to_match_regex", """{"column": "id", "regex": "^1$"}"""),
            ("expect_column_value_lengths_to_equal", """{"column": "id", "value": 1}"""),
            ("expect_column_values_to_be_in_set", """{"column": "id", "value_set": ["1", "2"]}"""),
            ("expect_column_mean_to_be_between", """{"column": "id", "min_value": 1.6, "max_value": 1.7}"""),
            ("expect_column_values_to_be_dateutil_parseable", """{"column": "id"}"""));
        var data = kind switch
        {
            "jsonl" => File("rows.jsonl", Rows),
            "csv" => File("rows.csv", "id;name;score\n1;Ada;1,5\n2;Bob;2\n2;;99\n"),
            "parquet" => await ParquetAsync(),
            _ => await TableAsync(),
        };

        var run = await QualityCheckRun.InProcessAsync("check", "--suite", suite, "--data", data, "--format", "json", "--key", "id");

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        var verdicts = JsonNode.Parse(run.Output)!["verdicts"]!.AsArray();
        Assert.Equal(["fail", "fail", "pass", "pass", "fail", "error", "fail", "pass", "error"], verdicts.Select(v => (string?)v!["outcome"]));
        Assert.Equal([1, 2], verdicts[0]!["samples"]!.AsArray().Select(s => (int)s!["row"]!));
        Assert.Equal(2, (int)verdicts[1]!["samples"]![0]!["keys"]!["id"]!);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("info", 1)]
    [InlineData("warning", 1)]
    [InlineData("error", 0)]
    [InlineData("critical", 0)]
    public async Task The_severity_that_makes_the_exit_code_can_be_chosen(string? severity, int code)
    {
        var suite = File("suite.json", """{"rules": [{"rule": "between", "column": "score", "max": 50, "severity": "warning"}]}""");
        string[] args = ["check", "--suite", suite, "--data", File("rows.jsonl", Rows)];

        var run = await QualityCheckRun.InProcessAsync(severity is null ? args : [.. args, "--fail-on", severity]);

        Assert.Equal((code, ""), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("--mask")]
    [InlineData("--key")]
    public async Task A_column_that_is_misspelt_is_no_option(string option)
    {
        var suite = File("suite.json", """{"rules": [{"rule": "not_null", "column": "id"}]}""");

        var run = await QualityCheckRun.InProcessAsync("check", "--suite", suite, "--data", File("rows.jsonl", Rows), option, "id,nmae", "--format", "markdown");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"{option} names 'nmae', which is no column of", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Distributions_and_queries_of_a_suite_are_judged_on_text_files_too()
    {
        var suite = File("suite.json", """
            {"rules": [
              {"rule": "kolmogorov_smirnov", "column": "x", "distribution": "uniform", "parameters": {"min": 0, "width": 10}},
              {"rule": "same_distribution", "column": "x", "reference": "before", "reference_column": "y"},
              {"rule": "unexpected_rows", "query": "SELECT * FROM {batch} WHERE x > 100 OR name = 'n3'"}]}
            """);
        var data = File("rows.csv", "name,x\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"n{i},{i * 7 % 40 / 4}.5\n")));
        var before = File("before.csv", "y\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i % 10}.25\n")));

        var run = await QualityCheckRun.InProcessAsync("check", "--suite", suite, "--data", data, "--reference", $"before={before}", "--format", "json");

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        var verdicts = JsonNode.Parse(run.Output)!["verdicts"]!.AsArray();
        Assert.Equal(["pass", "pass", "fail"], verdicts.Select(v => (string?)v!["outcome"]));
        Assert.Equal(1, (int)verdicts[2]!["failed"]!);
    }

    [Theory]
    [InlineData("id,city\n007,Rome\n008,Bonn\n", 0)]
    [InlineData("id,city\n007,Rome\n", 1)]
    public async Task Data_is_held_against_another_file(string others, int code)
    {
        var suite = File("suite.json", """
            {"rules": [
              {"rule": "in_reference", "columns": ["station", "city"], "reference": "stations", "reference_columns": ["id", "city"]},
              {"rule": "length", "column": "station", "min": 3, "max": 3}]}
            """);
        var data = File("rows.csv", "station,city\n007,Rome\n008,Bonn\n008,\n");

        var run = await QualityCheckRun.InProcessAsync("check", "--suite", suite, "--data", data, "--reference", $"stations={File("stations.csv", others)}", "--format", "json");

        Assert.Equal((code, ""), (run.ExitCode, run.Error));
        Assert.Equal(code == 0 ? 0 : 1, (int)JsonNode.Parse(run.Output)!["verdicts"]![0]!["failed"]!);
        var without = await QualityCheckRun.InProcessAsync("check", "--suite", suite, "--data", data);
        Assert.Contains("no reference 'stations'", without.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await QualityCheckRun.InProcessAsync("check", "--suite", suite, "--data", data, "--reference", "stations")).ExitCode);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_cannot_be_checked_whatever_their_name()
    {
        var random = new Random(5);
        for (var i = 0; i < 40; i++)
        {
            var bytes = new byte[random.Next(60, 3000)];
            random.NextBytes(bytes);
            // Without a NUL, which alone would tell.
            var path = Path.Combine(_folder.Root, "noise.csv");
            await System.IO.File.WriteAllBytesAsync(path, [.. bytes.Select(b => b == 0 ? (byte)200 : b)], TestContext.Current.CancellationToken);
            var run = await QualityCheckRun.InProcessAsync("check", "--suite", Suite(("expect_column_values_to_not_be_null", """{"column": "a"}""")), "--data", path);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
        }

        await System.IO.File.WriteAllBytesAsync(Path.Combine(_folder.Root, "old.csv"), [.. "a\nM"u8, 0xFC, .. "ller\n"u8, 0x80, .. "5\n"u8], TestContext.Current.CancellationToken);
        var old = await QualityCheckRun.InProcessAsync(
            "check", "--suite", Suite(("expect_column_values_to_not_be_null", """{"column": "a"}""")), "--data", Path.Combine(_folder.Root, "old.csv"));
        Assert.Equal((0, ""), (old.ExitCode, old.Error));
    }

    [Fact]
    public async Task Lines_that_Python_wrote_are_read_with_their_NaN()
    {
        var data = File("python.jsonl", """
            {"x": NaN, "y": "NaN"}
            {"x": 2.5, "y": "NaN"}
            {"x": -Infinity, "y": "b"}

            """);
        var suite = Suite(
            ("expect_column_values_to_be_between", """{"column": "x", "min_value": 0}"""),
            ("expect_column_values_to_be_in_set", """{"column": "y", "value_set": ["NaN"]}"""));

        var run = await QualityCheckRun.InProcessAsync("check", "--suite", suite, "--data", data, "--format", "gx");

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        var results = JsonNode.Parse(run.Output)!["results"]!.AsArray();
        Assert.Equal("[2]", results[0]!["result"]!["unexpected_index_list"]!.ToJsonString());
        Assert.Equal(1, (int)results[0]!["result"]!["missing_count"]!);
        Assert.Equal("[2]", results[1]!["result"]!["unexpected_index_list"]!.ToJsonString());
    }

    [Fact]
    public async Task A_value_late_in_a_file_widens_its_column()
    {
        var lines = string.Concat(Enumerable.Range(0, 100).Select(i => $$"""{"n": {{i}}, "pad": "{{new string('x', 400_000)}}"}""" + "\n"));
        var data = File("late.jsonl", lines + """{"n": 0.5, "pad": ""}""" + "\n");

        var run = await QualityCheckRun.InProcessAsync(
            "check", "--suite", Suite(("expect_column_values_to_be_between", """{"column": "n", "min_value": 0, "max_value": 99}""")), "--data", data, "--format", "json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(101, (int)JsonNode.Parse(run.Output)!["rows"]!);
    }

    [Theory]
    [InlineData("html", "<!doctype html>")]
    [InlineData("markdown", "# ")]
    [InlineData("junit", "<?xml")]
    [InlineData("json", "{")]
    [InlineData("gx", "{")]
    [InlineData("table", "outcome")]
    public async Task A_result_goes_to_a_file_in_every_form_and_masks_what_is_to_be_masked(string format, string start)
    {
        var output = Path.Combine(_folder.Root, "result");
        var suite = Suite(("expect_column_values_to_be_in_set", """{"column": "name", "value_set": ["Ada"]}"""));

        var run = await QualityCheckRun.InProcessAsync(
            "check", $"--suite={suite}", "--data", File("rows.jsonl", Rows), "--format", format, "--output", output, "--mask", "name");

        Assert.Equal((1, "", ""), (run.ExitCode, run.Output, run.Error));
        var text = await System.IO.File.ReadAllTextAsync(output);
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bob", text, StringComparison.Ordinal);
        if (format == "junit")
            Assert.Single(XDocument.Parse(text).Descendants("failure"));
    }

    [Theory]
    [InlineData("", "name a command")]
    [InlineData("chekc", "no command 'chekc'")]
    [InlineData("check", "is missing")]
    [InlineData("check --suite S", "--data is missing")]
    [InlineData("check --suite S --data D --data D", "given twice")]
    [InlineData("check --suite S --data D --formt gx", "no option --formt")]
    [InlineData("check --suite S --data D --format pdf", "--format must be one of")]
    [InlineData("check --suite S --data", "--data needs a value")]
    [InlineData("check --suite S --data D extra", "'extra'")]
    [InlineData("check --suite S --data nowhere.csv", "nowhere.csv")]
    [InlineData("check --suite nowhere.json --data D", "nowhere.json")]
    [InlineData("check --suite S --data FOLDER", "_delta_log")]
    [InlineData("check --suite S --data BINARY", "binary.csv")]
    [InlineData("check --suite S --data NOPARQUET", "PAR1")]
    [InlineData("check --suite S --data CUTPARQUET", "cut.parquet")]
    [InlineData("check --suite S --data ARRAY", "JSON array")]
    [InlineData("check --suite S --data TWICE", "'id' twice")]
    [InlineData("check --suite S --data UNCLOSED", "never closed")]
    [InlineData("check --suite S --data D --header", "no CSV file")]
    [InlineData("check --suite S --data D --header --no-header", "exclude each other")]
    [InlineData("check --suite S --data BROKENJSON", "line 2")]
    [InlineData("check --suite GARBAGE --data D", "garbage.json")]
    [InlineData("check --suite UNKNOWNRULE --data D", "expect_the_best")]
    [InlineData("check --suite S --data D --output FOLDER", "cannot be written")]
    [InlineData("check --suite S --data D --key id,nope", "--key names 'nope', which is no column of")]
    [InlineData("check --suite S --data D --mask nope", "--mask names 'nope'")]
    [InlineData("check --suite NOSUITE --data D", "at least 100 rows, and there are 3")]
    [InlineData("profile", "--data is missing")]
    [InlineData("profile --data D --suite S", "no option --suite")]
    public async Task What_could_not_be_checked_is_one_line_and_exit_code_2(string arguments, string reason)
    {
        var replaced = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => a switch
        {
            "S" => Suite(("expect_table_row_count_to_equal", """{"value": 3}""")),
            "D" => File("rows.jsonl", Rows),
            "FOLDER" => _folder.Root,
            "BINARY" => File("binary.csv", "a,b\n\0\0\0,\u0001\n"),
            "NOPARQUET" => File("no.parquet", "id,name\n1,2\n"),
            "CUTPARQUET" => File("cut.parquet", "PAR1 and then nothing"),
            "ARRAY" => File("array.json", "[{\"a\": 1}]"),
            "NOSUITE" => File("none.json", """{"profile": {}, "suggestions": [], "suite": null, "reason": "a suggestion needs at least 100 rows, and there are 3"}"""),
            "TWICE" => File("twice.csv", "id,v,id\n1,2,3\n"),
            "UNCLOSED" => File("unclosed.csv", "a,b\n1,\"x\n2,y\n"),
            "BROKENJSON" => File("broken.jsonl", "{\"a\": 1}\n{\"a\": \n{\"a\": 3}\n"),
            "GARBAGE" => File("garbage.json", "{\"expectations\": [ }"),
            "UNKNOWNRULE" => Suite(("expect_the_best", "{}")),
            _ => a,
        });

        var run = await QualityCheckRun.InProcessAsync([.. replaced]);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Matches("^error: [^\n]+\n$", run.Error);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_rows_is_checked()
    {
        var suite = Suite(("expect_table_row_count_to_equal", """{"value": 0}"""));

        Assert.Equal(0, (await QualityCheckRun.InProcessAsync("check", "--suite", suite, "--data", File("none.jsonl", ""))).ExitCode);
        Assert.Equal(0, (await QualityCheckRun.InProcessAsync("check", "--suite", suite, "--data", File("none.csv", "id,name\n"))).ExitCode);
    }

    [Fact]
    public async Task A_suite_without_expectations_passes_as_it_does_there()
    {
        var run = await QualityCheckRun.InProcessAsync("check", "--suite", Suite(), "--data", File("rows.jsonl", Rows), "--format", "gx");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(0, (int)JsonNode.Parse(run.Output)!["statistics"]!["evaluated_expectations"]!);
    }

    [Fact]
    public async Task Help_is_no_error()
    {
        var run = await QualityCheckRun.ProcessAsync("--help");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("QualityCheck check --suite FILE --data FILE|TABLE", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_to_the_terminal_in_values_are_not_given_to_it()
    {
        var data = File("evil.jsonl", "{\"a\": \"\\u001b[2J\\u0007\\u202e\"}\n");

        var run = await QualityCheckRun.InProcessAsync(
            "check", "--suite", Suite(("expect_column_values_to_be_in_set", """{"column": "a", "value_set": ["x"]}""")), "--data", data);

        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.DoesNotContain('\u202e', run.Output);
    }

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder.Root, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private string Suite(params (string Type, string Arguments)[] expectations) => File($"suite{Guid.NewGuid():N}.json", new JsonObject
    {
        ["expectation_suite_name"] = "rows",
        ["expectations"] = new JsonArray([.. expectations.Select(static e => new JsonObject { ["expectation_type"] = e.Type, ["kwargs"] = JsonNode.Parse(e.Arguments) })]),
    }.ToJsonString());

    private async Task<string> ParquetAsync()
    {
        var path = Path.Combine(_folder.Root, "rows.parquet");
        using var batch = Batch();
        await using var file = System.IO.File.Create(path);
        await using var writer = await ParquetFileWriter.CreateAsync(file, batch.Schema);
        await writer.WriteAsync(batch);
        await writer.FinishAsync();
        return path;
    }

    private async Task<string> TableAsync()
    {
        Row[] rows = [new(1, "Ada", 1.5), new(2, "Bob", 2), new(2, null, 99)];
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDataEngineX(dex => dex.UseLakehouse(_folder.Root).AddPipeline("rows", p => p.ReadRows("rows", rows).AppendTo(Layer.Silver, "rows").Unkeyed("a test")));
        Assert.Equal(0, await builder.Build().RunDataEngineXAsync(["run", "rows"]));
        return Path.Combine(_folder.Root, "silver", "rows");
    }

    private static RecordBatch Batch() => new(
        new Schema([new Field("id", Int64Type.Default, true), new Field("name", StringType.Default, true), new Field("score", DoubleType.Default, true)], null),
        [
            new Int64Array.Builder().AppendRange([1, 2, 2]).Build(), new StringArray.Builder().Append("Ada").Append("Bob").AppendNull().Build(),
            new DoubleArray.Builder().AppendRange([1.5, 2, 99]).Build(),
        ],
        3);

    public sealed record Row(long Id, string? Name, double Score);
}
