using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Quality.Tests.GreatExpectations;

/// <summary>Arguments of expectations that say how values are read and results are told.</summary>
public class ExpectationArgumentTests
{
    private static RecordBatch Days => Rows.Of(
        ("text", StringType.Default, ["2/1/2016", "12/1/2015", null, "Jan 05 2016 12:00:01", "10/2/2016"]),
        ("until", StringType.Default, ["1/31/2016", "11/30/2015", null, "2016-01-05 13:00:01 +0100", "1/1/2017"]),
        ("time", ArrowTypes.TimestampLocal, [new DateTime(2016, 1, 1), new DateTime(2016, 2, 1), null, new DateTime(2015, 5, 1), new DateTime(2017, 1, 1)]),
        ("zoned", ArrowTypes.TimestampUtc, [DateTimeOffset.UnixEpoch, null, null, null, null]),
        ("number", Int64Type.Default, [1L, 2L, 3L, 4L, 5L]),
        ("mixed", StringType.Default, ["1", "2", null, "four", "5"]));

    [Theory]
    [InlineData("expect_column_values_to_be_between", """{"column": "text", "min_value": "Jan 1 2016", "max_value": "3/1/2016"}""", "1 4")]
    [InlineData("expect_column_values_to_be_between", """{"column": "time", "min_value": "Jan 1 2016", "max_value": "3/1/2016"}""", "3 4")]
    [InlineData("expect_column_values_to_be_in_set", """{"column": "text", "value_set": ["2016-02-01", "1 Dec 2015", "2016-10-02"]}""", "3")]
    [InlineData("expect_column_values_to_not_be_in_set", """{"column": "text", "value_set": ["2016-02-01"]}""", "0")]
    [InlineData("expect_column_values_to_be_increasing", """{"column": "text"}""", "1")]
    [InlineData("expect_column_values_to_be_decreasing", """{"column": "text", "row_condition": "number < 5"}""", "3")]
    [InlineData("expect_column_values_to_be_unique", """{"column": "until"}""", "")]
    [InlineData("expect_column_pair_values_A_to_be_greater_than_B", """{"column_A": "text", "column_B": "until", "or_equal": true}""", "4")]
    [InlineData("expect_column_pair_values_a_to_be_greater_than_b", """{"column_A": "text", "column_B": "until"}""", "3 4")]
    public async Task Texts_are_times_where_they_are_to_be(string type, string kwargs, string rows)
    {
        var result = await CheckAsync(type, kwargs.Replace("}", """, "parse_strings_as_datetimes": true}""", StringComparison.Ordinal));
        Assert.False(result.GetProperty("exception_info").GetProperty("raised_exception").GetBoolean(), result.GetRawText());
        Assert.Equal(rows, string.Join(' ', result.GetProperty("result").GetProperty("unexpected_index_list").EnumerateArray()));
    }

    [Fact]
    public async Task Times_are_told_in_the_format_that_is_asked_for()
    {
        var between = await CheckAsync("expect_column_values_to_be_between", """
            {"column": "text", "min_value": "Jan 1 2016", "max_value": "3/1/2016", "parse_strings_as_datetimes": true, "output_strftime_format": "%b %d %Y %H:%M"}
            """);
        Assert.Equal("""["Dec 01 2015 00:00","Oct 02 2016 00:00"]""", Compact(between.GetProperty("result").GetProperty("unexpected_list")));
        var max = await CheckAsync("expect_column_max_to_be_between", """{"column": "time", "max_value": "2018-01-01", "output_strftime_format": "%d.%m.%y %j %a %p %%"}""");
        Assert.Equal("01.01.17 001 Sun AM %", max.GetProperty("result").GetProperty("observed_value").GetString());
        var distinct = await CheckAsync("expect_column_distinct_values_to_contain_set", """{"column": "time", "value_set": ["2016-02-01"], "output_strftime_format": "%U %W %V %G"}""");
        Assert.Equal("""["17 17 18 2015","00 00 53 2015","05 05 05 2016","01 00 52 2016"]""", Compact(distinct.GetProperty("result").GetProperty("observed_value")));
        var pairs = await CheckAsync("expect_column_pair_values_a_to_be_greater_than_b", """
            {"column_A": "text", "column_B": "until", "parse_strings_as_datetimes": true, "output_strftime_format": "%m/%d"}
            """);
        Assert.Equal("""[["01/05","01/05"],["10/02","01/01"]]""", Compact(pairs.GetProperty("result").GetProperty("unexpected_list")));
    }

    [Theory]
    [InlineData("expect_column_values_to_be_between", """{"column": "mixed", "min_value": "2016-01-01", "parse_strings_as_datetimes": true}""", "'1' in column 'mixed', row 0")]
    [InlineData("expect_column_values_to_be_between", """{"column": "text", "min_value": "soon", "parse_strings_as_datetimes": true}""", "min_value: 'soon'")]
    [InlineData("expect_column_values_to_match_regex", """{"column": "text", "regex": "1", "parse_strings_as_datetimes": true}""", "parse_strings_as_datetimes has no meaning")]
    [InlineData("expect_column_values_to_be_unique", """{"column": "text", "output_strftime_format": "%Q"}""", "'%Q' is a bad directive")]
    [InlineData("expect_column_values_to_be_unique", """{"column": "text", "output_strftime_format": "%"}""", "stray '%'")]
    [InlineData("expect_column_values_to_be_between", """{"column": "number", "min_value": 1, "allow_cross_type_comparisons": true}""", "allow_cross_type_comparisons")]
    [InlineData("expect_column_min_to_be_between", """{"column": "number", "min_value": 1, "auto": true}""", "kwargs.auto")]
    [InlineData("expect_column_values_to_be_unique", """{"column": "number", "result_format": "WHOLE"}""", "'WHOLE' is none of")]
    [InlineData("expect_column_values_to_be_unique", """{"column": "number", "result_format": {"result_format": "WHOLE"}}""", "'WHOLE' is none of")]
    [InlineData("expect_column_values_to_not_be_in_set", """{"column": "number", "value_set": null}""", "value_set")]
    public async Task What_cannot_be_done_is_an_error_that_names_it(string type, string kwargs, string message)
    {
        var result = await CheckAsync(type, kwargs);
        var info = result.GetProperty("exception_info");
        Assert.True(info.GetProperty("raised_exception").GetBoolean(), result.GetRawText());
        Assert.Contains(message, info.GetProperty("exception_message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("check:", info.GetProperty("exception_message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("number", "int", true, true)]
    [InlineData("text", "str", true, false)]
    [InlineData("text", "int", false, false)]
    [InlineData("text", "object", true, true)]
    [InlineData("time", "datetime64", true, true)]
    [InlineData("zoned", "datetime64", false, true)]
    [InlineData("zoned", "DatetimeTZDtype", true, true)]
    [InlineData("time", "DatetimeTZDtype", false, true)]
    public async Task The_values_of_a_column_of_text_are_checked_one_by_one_and_other_columns_as_a_whole(string column, string type, bool holds, bool observes)
    {
        var result = await CheckAsync("expect_column_values_to_be_of_type", $$"""{"column": "{{column}}", "type_": "{{type}}"}""");
        Assert.Equal(holds, result.GetProperty("success").GetBoolean());
        Assert.Equal(observes, result.GetProperty("result").TryGetProperty("observed_value", out _));
        if (!observes)
            Assert.Equal(holds ? 0 : 4, result.GetProperty("result").GetProperty("unexpected_list").GetArrayLength());
    }

    [Fact]
    public async Task Lengths_between_bounds_that_have_crossed_are_none()
    {
        var result = await CheckAsync("expect_column_value_lengths_to_be_between", """{"column": "mixed", "min_value": 2, "max_value": 1}""");
        Assert.Equal("""["1","2","four","5"]""", Compact(result.GetProperty("result").GetProperty("unexpected_list")));
    }

    [Fact]
    public async Task A_deviation_without_bounds_and_a_divergence_from_nothing_only_observe()
    {
        var deviation = await CheckAsync("expect_column_stdev_to_be_between", """{"column": "number"}""");
        Assert.True(deviation.GetProperty("success").GetBoolean());
        Assert.Equal(Math.Sqrt(2.5), deviation.GetProperty("result").GetProperty("observed_value").GetDouble(), 1e-12);
        var divergence = await CheckAsync("expect_column_kl_divergence_to_be_less_than", """{"column": "mixed", "partition_object": null, "threshold": null}""");
        Assert.Equal(0, divergence.GetProperty("result").GetProperty("observed_value").GetDouble());
        var bounded = await CheckAsync("expect_column_kl_divergence_to_be_less_than", """{"column": "mixed", "partition_object": null, "threshold": null, "min_value": null, "max_value": null}""");
        Assert.True(bounded.GetProperty("success").GetBoolean());
        Assert.Equal("[0.25,0.25,0.25,0.25]", Compact(divergence.GetProperty("result").GetProperty("details").GetProperty("observed_partition").GetProperty("weights")));
    }

    [Fact]
    public async Task A_number_equals_a_text_that_is_written_alike()
    {
        var result = await CheckAsync("expect_column_pair_values_to_be_equal", """{"column_A": "number", "column_B": "mixed", "ignore_row_if": "either_value_is_missing"}""");
        Assert.Equal("""[[4,"four"]]""", Compact(result.GetProperty("result").GetProperty("unexpected_list")));
        Assert.Throws<PlanException>(() => Suites.Check(Days, q => q.PairEqual("number", "mixed")));
    }

    [Fact]
    public async Task An_expectation_by_its_earlier_name_is_the_same()
    {
        var result = await CheckAsync("expect_multicolumn_values_to_be_unique", """{"column_list": ["text", "text"]}""");
        Assert.Equal("[0,1,3,4]", Compact(result.GetProperty("result").GetProperty("unexpected_index_list")));
        Assert.Equal("expect_multicolumn_values_to_be_unique", result.GetProperty("expectation_config").GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_most_common_values_of_several_columns_are_lists_and_missing_ones_are_counted()
    {
        var result = await CheckAsync("expect_select_column_values_to_be_unique_within_record", """
            {"column_list": ["text", "text"], "result_format": {"result_format": "COMPLETE", "partial_unexpected_count": 1, "return_unexpected_index_query": false}}
            """);
        Assert.Equal("""[{"value":["10/2/2016","10/2/2016"],"count":1}]""", Compact(result.GetProperty("result").GetProperty("partial_unexpected_counts")));
        Assert.False(result.GetProperty("result").TryGetProperty("unexpected_index_query", out _));
        var missing = await CheckAsync("expect_column_values_to_not_be_null", """{"column": "zoned"}""");
        Assert.Equal("""[{"value":null,"count":4}]""", Compact(missing.GetProperty("result").GetProperty("partial_unexpected_counts")));
    }

    [Fact]
    public void A_rule_of_ones_own_reads_texts_as_times_too_and_frees_them()
    {
        var verdict = Suites.Verdict(Days, q => q.Unique("text", "until").TextsAsTimes());
        Assert.Equal((VerdictOutcome.Pass, 4), (verdict.Outcome, verdict.Checked));
        Assert.Equal([1, 4], Suites.Failing(Suites.Verdict(Days, q => q.Between("text", new DateTime(2016, 1, 1), new DateTime(2016, 3, 1)).TextsAsTimes())));
        Assert.Equal(VerdictOutcome.Error, Suites.Verdict(Days, q => q.Max("mixed", "2016-01-01", null).TextsAsTimes()).Outcome);
        Assert.Equal("\"2016-10-02T00:00:00\"", Suites.Verdict(Days, q => q.Max("text", null, "2017-01-01").TextsAsTimes()).ObservedJson);
        Assert.Throws<ArgumentException>(() => new TextTimesRule(new RowCountRule(1, null)));
        Assert.Throws<ArgumentException>(() => new TextTimesRule(new TextTimesRule(new NotNullRule("a"))));
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private static async Task<JsonElement> CheckAsync(string type, string kwargs)
    {
        using var batch = Days;
        var suite = GreatExpectationsSuites.Read($$"""{"expectations": [{"type": "{{type}}", "kwargs": {{kwargs}}}]}""");
        suite = SuiteJson.Read(SuiteJson.Write(suite));
        var result = await suite.CheckAsync(
            Rows.Stream(Rows.Split(batch, 2)), batch.Schema, GreatExpectationsSuites.CheckOptions, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(GreatExpectationsResults.Write(result)).RootElement.GetProperty("results")[0];
    }
}
