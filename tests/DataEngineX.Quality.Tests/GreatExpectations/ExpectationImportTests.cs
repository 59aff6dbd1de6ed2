using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.GreatExpectations;

public class ExpectationImportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static RecordBatch People => Rows.Of(
        ("name", StringType.Default, ["Ann", "Bob", null, "dan", "Eve"]),
        ("age", Int64Type.Default, [30L, null, 25L, 41L, 25L]),
        ("pay", DoubleType.Default, [1.5, 2.5, double.NaN, 4.0, null]));

    [Theory]
    [InlineData("age == 25", "2 4")]
    [InlineData("age != 25", "0 1 3")]
    [InlineData("not (age > 28)", "1 2 4")]
    [InlineData("~(age > 28) & name == 'Eve'", "4")]
    [InlineData("age > 20 and age < 40 or name == \"dan\"", "0 2 3 4")]
    [InlineData("25 < age <= 41", "0 3")]
    [InlineData("age in [30, 41]", "0 3")]
    [InlineData("age not in (30, 41)", "1 2 4")]
    [InlineData("age == [30, 41]", "0 3")]
    [InlineData("`age` + 1 == 31", "0")]
    [InlineData("name.isnull()", "2")]
    [InlineData("name.notnull() and age.isna()", "1")]
    [InlineData("name.str.startswith('A') | name.str.contains('^d')", "0 3")]
    [InlineData("name.str.lower() == 'dan'", "3")]
    [InlineData("name.isin(['Bob', 'Eve'])", "1 4")]
    [InlineData("age.between(25, 30)", "0 2 4")]
    [InlineData("col(\"age\") > 28", "0 3")]
    [InlineData("col(\"name\").notNull() & col('age') >= 41", "3")]
    [InlineData("age % 2 == 0", "0")]
    [InlineData("-age == -30", "0")]
    [InlineData("name == 'Ann' or age == '25'", "0")]
    [InlineData("age != 'x'", "0 1 2 3 4")]
    [InlineData("age in ['25', 30]", "0")]
    [InlineData("name in ['Bob', 7]", "1")]
    [InlineData("code == 7", "0 3")]
    [InlineData("7 != code", "1 2 4")]
    public async Task A_row_condition_lets_through_the_rows_it_lets_through_in_pandas(string condition, string rows)
    {
        var suite = Suite("expect_column_values_to_be_null", $$"""{"column": "row", "row_condition": {{JsonSerializer.Serialize(condition)}}, "condition_parser": "pandas"}""");
        using var batch = Rows.Of(
            ("name", StringType.Default, ["Ann", "Bob", null, "dan", "Eve"]),
            ("age", Int64Type.Default, [30L, null, 25L, 41L, 25L]),
            ("code", StringType.Default, ["7", "x", null, "7", "7.0"]),
            ("row", Int64Type.Default, [0L, 1L, 2L, 3L, 4L]));
        var result = await CheckAsync(suite, batch);
        Assert.Equal(rows, string.Join(' ', result.GetProperty("result").GetProperty("unexpected_index_list").EnumerateArray()));
    }

    [Theory]
    [InlineData("age ==", "pandas")]
    [InlineData("age == 1", "bad_parser")]
    [InlineData("age == 1", "spark")]
    [InlineData("__import__('os').system('x')", "pandas")]
    [InlineData("age == 1 if x else 2", "pandas")]
    [InlineData("age = 1", "pandas")]
    [InlineData("nowhere == 1", "pandas")]
    public async Task A_condition_that_is_not_understood_is_an_error_of_the_rule(string condition, string parser)
    {
        var suite = Suite("expect_column_values_to_not_be_null", $$"""{"column": "age", "row_condition": {{JsonSerializer.Serialize(condition)}}, "condition_parser": "{{parser}}"}""");
        using var batch = People;
        var result = await CheckAsync(suite, batch);
        Assert.False(result.GetProperty("success").GetBoolean());
        Assert.True(result.GetProperty("exception_info").GetProperty("raised_exception").GetBoolean());
    }

    [Fact]
    public async Task A_nest_of_brackets_is_an_error_and_no_crash()
    {
        var condition = new string('(', 100_000);
        using var batch = People;
        var result = await CheckAsync(Suite("expect_column_values_to_not_be_null", $$"""{"column": "age", "row_condition": "{{condition}}"}"""), batch);
        Assert.True(result.GetProperty("exception_info").GetProperty("raised_exception").GetBoolean());
    }

    [Theory]
    [InlineData("""{"column": "age"}""", "lower or an upper bound")]
    [InlineData("""{"column": "age", "min_value": 5, "max_value": 1}""", "above the upper bound")]
    [InlineData("""{"column": "age", "min_value": 5, "mostly": 1.5}""", "share from 0 to 1")]
    [InlineData("""{"column": "age", "min_value": 5, "mostly": "x"}""", "number is wanted")]
    [InlineData("""{"column": "age", "min_value": 5, "maximum": 7}""", "maximum")]
    [InlineData("""{"column": "where", "min_value": 5}""", "no column 'where'")]
    [InlineData("""{"column": "name", "min_value": 5}""", "text")]
    [InlineData("""{"column": "age", "min_value": {"$PARAMETER": "open('x')"}}""", "open")]
    public async Task Arguments_that_are_wrong_are_an_error_of_the_rule_alone(string kwargs, string message)
    {
        using var batch = People;
        var suite = GreatExpectationsSuites.Read($$"""
            {"name": "s", "expectations": [
              {"type": "expect_column_values_to_be_between", "kwargs": {{kwargs}}},
              {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "age"}, "severity": "warning", "id": "7"}]}
            """);
        using var document = JsonDocument.Parse(GreatExpectationsResults.Write(
            await suite.CheckAsync(Rows.Stream([batch.SliceShared(0, 5)]), batch.Schema, GreatExpectationsSuites.CheckOptions, Cancel)));
        var root = document.RootElement;
        var (first, second) = (root.GetProperty("results")[0], root.GetProperty("results")[1]);
        Assert.Contains(message, first.GetProperty("exception_info").GetProperty("exception_message").GetString(), StringComparison.Ordinal);
        Assert.False(second.GetProperty("exception_info").GetProperty("raised_exception").GetBoolean());
        Assert.Equal("[2,4]", second.GetProperty("result").GetProperty("unexpected_index_list").GetRawText().Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
        Assert.Equal("7", second.GetProperty("expectation_config").GetProperty("id").GetString());
        Assert.Equal("warning", second.GetProperty("expectation_config").GetProperty("severity").GetString());
        Assert.Equal(0, root.GetProperty("statistics").GetProperty("successful_expectations").GetInt32());
        Assert.Equal(2, root.GetProperty("statistics").GetProperty("unsuccessful_expectations").GetInt32());
    }

    [Theory]
    [InlineData("{}", "$.expectations")]
    [InlineData("""{"expectations": []}""", "$.expectations")]
    [InlineData("""{"expectations": [{"kwargs": {}}]}""", "$.expectations[0].type")]
    [InlineData("""{"expectations": [{"type": "expect_column_values_to_be_nice", "kwargs": {}}]}""", "$.expectations[0].type")]
    [InlineData("""{"expectations": [{"type": "expect_column_to_exist"}]}""", "$.expectations[0].kwargs")]
    [InlineData("""{"expectations": [7]}""", "$.expectations[0]")]
    [InlineData("[1, 2", "$")]
    [InlineData("\u0000\u0001garbage", "$")]
    public void What_is_no_suite_is_refused_with_its_place(string json, string path) =>
        Assert.Equal(path, Assert.Throws<SuiteFormatException>(() => GreatExpectationsSuites.Read(json)).Path);

    [Fact]
    public async Task Parameters_come_from_the_suite_and_from_the_caller()
    {
        using var batch = People;
        const string Json = """
            {"suite_parameters": {"low": 26}, "expectations": [
              {"type": "expect_column_values_to_be_between", "kwargs": {"column": "age", "min_value": {"$PARAMETER": "low + 2 * step"}}}]}
            """;
        var options = new GreatExpectationsOptions { Parameters = new Dictionary<string, object?> { ["step"] = 4 } };
        var result = await GreatExpectationsSuites.Read(Json, options).CheckAsync(
            Rows.Stream([batch.SliceShared(0, 5)]), batch.Schema, GreatExpectationsSuites.CheckOptions, Cancel);
        Assert.Equal([0, 2, 4], result.Verdicts[0].Samples.Select(s => s.Row));
    }

    [Fact]
    public async Task Formats_tell_what_they_tell_there()
    {
        using var batch = People;
        var full = await CheckAsync(Suite("expect_column_values_to_be_in_set", """{"column": "age", "value_set": [41], "mostly": 0.2}"""), batch);
        Assert.Equal(
            "element_count unexpected_count unexpected_percent missing_count missing_percent unexpected_percent_total unexpected_percent_nonmissing "
            + "partial_unexpected_list partial_unexpected_counts partial_unexpected_index_list unexpected_list unexpected_index_list unexpected_index_query",
            string.Join(' ', full.GetProperty("result").EnumerateObject().Select(p => p.Name)));
        var result = full.GetProperty("result");
        Assert.Equal((5, 3, 75.0, 1, 20.0, 60.0), (
            result.GetProperty("element_count").GetInt32(), result.GetProperty("unexpected_count").GetInt32(), result.GetProperty("unexpected_percent").GetDouble(),
            result.GetProperty("missing_count").GetInt32(), result.GetProperty("missing_percent").GetDouble(), result.GetProperty("unexpected_percent_total").GetDouble()));
        Assert.Equal(25, result.GetProperty("partial_unexpected_counts")[0].GetProperty("value").GetInt32());
        Assert.Equal(2, result.GetProperty("partial_unexpected_counts")[0].GetProperty("count").GetInt32());
        Assert.True(full.GetProperty("success").GetBoolean());
        var none = await CheckAsync(Suite("expect_column_values_to_be_in_set", """{"column": "age", "value_set": [41], "result_format": "BOOLEAN_ONLY"}"""), batch);
        Assert.Equal("{}", none.GetProperty("result").GetRawText().Replace(" ", "", StringComparison.Ordinal));
        var keyed = await CheckAsync(Suite(
            "expect_column_values_to_be_in_set",
            """{"column": "age", "value_set": [25], "result_format": {"result_format": "COMPLETE", "unexpected_index_column_names": ["name"], "partial_unexpected_count": 1}}"""), batch);
        Assert.Equal("""[{"age":30,"name":"Ann"},{"age":41,"name":"dan"}]""", Compact(keyed.GetProperty("result").GetProperty("unexpected_index_list")));
        var elsewhere = await CheckAsync(Suite(
            "expect_column_values_to_be_in_set",
            """{"column": "age", "value_set": [25], "result_format": {"result_format": "COMPLETE", "unexpected_index_column_names": ["nowhere", "name"]}}"""), batch);
        Assert.Contains("no column 'nowhere'", elsewhere.GetProperty("exception_info").GetProperty("exception_message").GetString(), StringComparison.Ordinal);
        Assert.Equal("[30]", Compact(keyed.GetProperty("result").GetProperty("partial_unexpected_list")));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public async Task A_row_count_is_compared_with_that_of_another_table(int rows, bool holds)
    {
        using var batch = People;
        using var other = Rows.Longs("x", [.. Enumerable.Range(0, rows).Select(i => (long?)i)]);
        var suite = GreatExpectationsSuites.Read(Suite("expect_table_row_count_to_equal_other_table", """{"other_table_name": "other"}"""));
        var options = GreatExpectationsSuites.CheckOptions with
        {
            References = new Dictionary<string, ReferenceRows> { ["other"] = new(other.Schema, _ => Rows.Stream([other.SliceShared(0, rows)])) },
        };
        using var document = JsonDocument.Parse(GreatExpectationsResults.Write(await suite.CheckAsync(Rows.Stream([batch.SliceShared(0, 5)]), batch.Schema, options, Cancel)));
        var result = document.RootElement.GetProperty("results")[0];
        Assert.Equal(holds, result.GetProperty("success").GetBoolean());
        Assert.Equal($$"""{"self":5,"other":{{rows}}}""", Compact(result.GetProperty("result").GetProperty("observed_value")));
        var alone = await CheckAsync(Suite("expect_table_row_count_to_equal_other_table", """{"other_table_name": "other"}"""), batch);
        Assert.Contains("no reference 'other'", alone.GetProperty("exception_info").GetProperty("exception_message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NaN_is_missing_and_a_rule_without_values_passes()
    {
        using var batch = People;
        var pay = await CheckAsync(Suite("expect_column_mean_to_be_between", """{"column": "pay", "min_value": 2.6, "max_value": 2.7}"""), batch);
        Assert.True(pay.GetProperty("success").GetBoolean());
        Assert.Equal(2, pay.GetProperty("result").GetProperty("missing_count").GetInt32());
        var none = await CheckAsync(Suite("expect_column_values_to_be_unique", """{"column": "pay", "row_condition": "age > 100"}"""), batch);
        Assert.True(none.GetProperty("success").GetBoolean());
    }

    [Fact]
    public async Task A_suite_of_our_own_is_told_in_their_terms()
    {
        using var batch = People;
        var suite = new QualityBuilder().Between("age", 26, null).Unique("name", "age").RowCount(5, 5).Format("name", TextFormat.UpperCase).Build();
        using var document = JsonDocument.Parse(GreatExpectationsResults.Write(
            await suite.CheckAsync(Rows.Stream([batch.SliceShared(0, 5)]), batch.Schema, GreatExpectationsSuites.CheckOptions, Cancel)));
        Assert.Equal(
            ["expect_column_values_to_be_between", "expect_compound_columns_to_be_unique", "expect_table_row_count_to_be_between", "format"],
            document.RootElement.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("expectation_config").GetProperty("type").GetString()));
        Assert.Equal(50, document.RootElement.GetProperty("statistics").GetProperty("success_percent").GetDouble());
    }

    [Fact]
    public async Task Distributions_are_written_with_the_arguments_they_are_read_from()
    {
        Rule[] rules =
        [
            new KolmogorovSmirnovRule("age", ExpectedDistribution.Normal(1, 2), 0.01),
            new KolmogorovSmirnovRule("age", ExpectedDistribution.Beta(1, 2, 3, 4), 0.5),
            new KolmogorovSmirnovRule("age", ExpectedDistribution.ChiSquare(3, 0, 2)),
            new KolmogorovSmirnovRule("age", ExpectedDistribution.OfQuantiles([0, 0.25, 1], [1, 2, 3]), 0.1, new Resampling(50, 7)),
            new AssociationRule("age", "pay", null, 0.3, ColumnBins.Of(4), ColumnBins.Between(1, 2), missingIsValue: true, corrected: true),
        ];
        using var batch = People;
        var suite = new Suite([.. rules.Select(r => new SuiteRule(r))]);
        using var document = JsonDocument.Parse(GreatExpectationsResults.Write(
            await suite.CheckAsync(Rows.Stream([batch.SliceShared(0, 5)]), batch.Schema, GreatExpectationsSuites.CheckOptions, Cancel)));
        var configs = document.RootElement.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("expectation_config"));
        var again = GreatExpectationsSuites.Read($$"""{"expectations": [{{string.Join(", ", configs)}}]}""");
        Assert.Equal(rules.Select(r => r.Canonical), again.Rules.Select(r => r.Rule.Canonical));
    }

    [Fact]
    public async Task The_text_NaN_is_a_text_and_the_number_is_null()
    {
        using var batch = Rows.Of(("s", StringType.Default, ["NaN", "b"]), ("x", DoubleType.Default, [double.NaN, 1.0]), ("y", DoubleType.Default, [2.0, 1.0]));
        var texts = (await CheckAsync(Suite("expect_column_values_to_be_in_set", """{"column": "s", "value_set": ["a"]}"""), batch)).GetProperty("result");
        Assert.Equal("""["NaN","b"]""", Compact(texts.GetProperty("unexpected_list")));
        Assert.Equal("""[{"value":"NaN","count":1},{"value":"b","count":1}]""", Compact(texts.GetProperty("partial_unexpected_counts")));
        var max = await CheckAsync(Suite("expect_column_min_to_be_between", """{"column": "s", "min_value": "Z"}"""), batch);
        Assert.Equal("\"NaN\"", Compact(max.GetProperty("result").GetProperty("observed_value")));
        var missing = (await CheckAsync(Suite("expect_column_values_to_not_be_null", """{"column": "x"}"""), batch)).GetProperty("result");
        Assert.Equal("[null]", Compact(missing.GetProperty("unexpected_list")));
        var pair = (await CheckAsync(Suite("expect_column_pair_values_to_be_equal", """{"column_A": "s", "column_B": "s"}"""), batch)).GetProperty("success");
        Assert.True(pair.GetBoolean());
        var both = (await CheckAsync(Suite("expect_column_pair_values_to_be_equal", """{"column_A": "x", "column_B": "y", "ignore_row_if": "neither"}"""), batch)).GetProperty("result");
        Assert.Equal("[[null,2]]", Compact(both.GetProperty("unexpected_list")));
    }

    [Theory]
    [InlineData("pay", """ "min_value": 0.6""", true)]
    [InlineData("pay", """ "min_value": 0.6, "strict_min": true""", false)]
    [InlineData("pay", """ "max_value": 0.6""", true)]
    [InlineData("pay", """ "max_value": 0.6, "strict_max": true""", false)]
    [InlineData("name", """ "min_value": 0.5, "max_value": 0.9""", true)]
    [InlineData("name", """ "min_value": 0.9, "max_value": null""", false)]
    public async Task The_share_of_values_that_are_there_is_told(string column, string bounds, bool holds)
    {
        using var batch = People;
        var json = Suite("expect_column_proportion_of_non_null_values_to_be_between", $$"""{"column": "{{column}}",{{bounds}}}""");
        var found = await CheckAsync(json, batch);
        Assert.Equal(holds, found.GetProperty("success").GetBoolean());
        Assert.Equal(column == "pay" ? 0.6 : 0.8, found.GetProperty("result").GetProperty("observed_value").GetDouble());

        // The rule keeps its bounds in our own form, and its name in theirs.
        var own = SuiteJson.Read(SuiteJson.Write(GreatExpectationsSuites.Read(json)));
        Assert.Equal(holds, (await own.CheckAsync(Rows.Stream([batch.SliceShared(0, 5)]), batch.Schema, GreatExpectationsSuites.CheckOptions, Cancel)).Success);
        var rule = new Suite(new SuiteRule(own.Rules[0].Rule));
        using var told = JsonDocument.Parse(GreatExpectationsResults.Write(
            await rule.CheckAsync(Rows.Stream([batch.SliceShared(0, 5)]), batch.Schema, GreatExpectationsSuites.CheckOptions, Cancel)));
        var config = told.RootElement.GetProperty("results")[0].GetProperty("expectation_config");
        Assert.Equal("expect_column_proportion_of_non_null_values_to_be_between", config.GetProperty("type").GetString());
        Assert.Equal(column, config.GetProperty("kwargs").GetProperty("column").GetString());
    }

    [Theory]
    [InlineData("""{"column": "pay"}""", "cannot both be None")]
    [InlineData("""{"column": "pay", "min_value": null, "max_value": null}""", "cannot both be None")]
    [InlineData("""{"column": "pay", "min_value": 2}""", "0 to 1")]
    public async Task A_share_without_bounds_or_beyond_all_is_an_error(string kwargs, string reason)
    {
        using var batch = People;
        var found = await CheckAsync(Suite("expect_column_proportion_of_non_null_values_to_be_between", kwargs), batch);
        Assert.Contains(reason, found.GetProperty("exception_info").GetProperty("exception_message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suite_without_expectations_lets_any_data_pass_where_it_may_be_empty()
    {
        using var batch = People;
        var suite = GreatExpectationsSuites.Read("""{"expectations": []}""", new GreatExpectationsOptions { AllowEmpty = true });
        using var document = JsonDocument.Parse(GreatExpectationsResults.Write(
            await suite.CheckAsync(Rows.Stream([batch.SliceShared(0, 5)]), batch.Schema, GreatExpectationsSuites.CheckOptions, Cancel)));
        Assert.True(document.RootElement.GetProperty("success").GetBoolean());
        Assert.Equal(0, document.RootElement.GetProperty("statistics").GetProperty("evaluated_expectations").GetInt32());
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("statistics").GetProperty("success_percent").ValueKind);
    }

    [Fact]
    public async Task A_column_of_the_index_that_is_not_there_is_an_error_of_its_rule()
    {
        using var batch = People;
        const string Format = """ "result_format": {"result_format": "COMPLETE", "unexpected_index_column_names": ["nope"]}""";
        var found = await CheckAsync(Suite("expect_column_values_to_be_between", $$"""{"column": "age", "min_value": 26,{{Format}}}"""), batch);
        Assert.True(found.GetProperty("exception_info").GetProperty("raised_exception").GetBoolean());
        Assert.Contains("no column 'nope'", found.GetProperty("exception_info").GetProperty("exception_message").GetString(), StringComparison.Ordinal);

        // What tells no rows needs no index.
        var max = await CheckAsync(Suite("expect_column_max_to_be_between", $$"""{"column": "age", "min_value": 26,{{Format}}}"""), batch);
        Assert.True(max.GetProperty("success").GetBoolean());

        // Key columns that the caller asks for are no less wanted.
        var suite = GreatExpectationsSuites.Read(Suite("expect_column_values_to_be_unique", """{"column": "age"}"""));
        var error = await Assert.ThrowsAsync<PlanException>(async () => await suite.CheckAsync(
            Rows.Stream([batch.SliceShared(0, 5)]), batch.Schema, GreatExpectationsSuites.CheckOptions with { KeyColumns = ["nope"] }, Cancel));
        Assert.Contains("'nope'", error.Message, StringComparison.Ordinal);
    }

    private static string Suite(string type, string kwargs) => $$"""{"expectations": [{"type": "{{type}}", "kwargs": {{kwargs}}}]}""";

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private static async Task<JsonElement> CheckAsync(string suite, RecordBatch batch)
    {
        var result = await GreatExpectationsSuites.Read(suite).CheckAsync(
            Rows.Stream([batch.SliceShared(0, batch.Length)]), batch.Schema, GreatExpectationsSuites.CheckOptions, Cancel);
        return JsonDocument.Parse(GreatExpectationsResults.Write(result)).RootElement.GetProperty("results")[0];
    }
}
