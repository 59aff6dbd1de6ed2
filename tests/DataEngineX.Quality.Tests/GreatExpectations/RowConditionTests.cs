using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Quality.Tests.GreatExpectations;

/// <summary>Row conditions as objects, and queries for rows that are not expected.</summary>
public class RowConditionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static RecordBatch People => Rows.Of(
        ("name", StringType.Default, ["Ann", "Bob", null, "dan", "Eve"]),
        ("age", Int64Type.Default, [30L, null, 25L, 41L, 25L]),
        ("size", Int64Type.Default, [20L, 7L, 25L, null, 30L]),
        ("seen", ArrowTypes.TimestampLocal, [new DateTime(2024, 1, 1), new DateTime(2024, 6, 1), null, new DateTime(2025, 1, 1), new DateTime(2024, 1, 1)]),
        ("ok", BooleanType.Default, [true, false, null, true, false]),
        ("row", Int64Type.Default, [0L, 1L, 2L, 3L, 4L]));

    [Theory]
    [InlineData("""{"type": "comparison", "column": {"name": "age"}, "operator": "==", "parameter": 25}""", "2 4")]
    [InlineData("""{"type": "comparison", "column": {"name": "age"}, "operator": "!=", "parameter": 25}""", "0 1 3")]
    [InlineData("""{"type": "comparison", "column": {"name": "age"}, "operator": ">", "parameter": 28.5}""", "0 3")]
    [InlineData("""{"type": "comparison", "column": {"name": "age"}, "operator": "<=", "parameter": 30}""", "0 2 4")]
    [InlineData("""{"type": "comparison", "column": {"name": "name"}, "operator": "==", "parameter": "Bob"}""", "1")]
    [InlineData("""{"type": "comparison", "column": {"name": "ok"}, "operator": "==", "parameter": true}""", "0 3")]
    [InlineData("""{"type": "comparison", "column": {"name": "seen"}, "operator": ">=", "parameter": "2024-06-01T00:00:00"}""", "1 3")]
    [InlineData("""{"type": "comparison", "column": {"name": "seen"}, "operator": "IN", "parameter": ["2024-01-01", "2025-01-01T00:00:00"]}""", "0 3 4")]
    [InlineData("""{"type": "comparison", "column": {"name": "age"}, "operator": "IN", "parameter": [30, 41]}""", "0 3")]
    [InlineData("""{"type": "comparison", "column": {"name": "age"}, "operator": "NOT_IN", "parameter": [30, 41]}""", "1 2 4")]
    [InlineData("""{"type": "comparison", "column": {"name": "age"}, "operator": "IN", "parameter": []}""", "")]
    [InlineData("""{"type": "nullity", "column": {"name": "name"}, "is_null": true}""", "2")]
    [InlineData("""{"type": "nullity", "column": {"name": "name"}, "is_null": false}""", "0 1 3 4")]
    [InlineData("""{"type": "column_comparison", "column": {"name": "age"}, "operator": "!=", "other_column": {"name": "size"}}""", "0 4")]
    [InlineData("""{"type": "column_comparison", "column": {"name": "age"}, "operator": "<=", "other_column": {"name": "size"}}""", "2 4")]
    [InlineData("""{"type": "and", "conditions": [{"type": "nullity", "column": {"name": "name"}, "is_null": false}, {"type": "comparison", "column": {"name": "age"}, "operator": "==", "parameter": 25}]}""", "4")]
    [InlineData("""{"type": "or", "conditions": [{"type": "nullity", "column": {"name": "name"}, "is_null": true}, {"type": "comparison", "column": {"name": "age"}, "operator": ">", "parameter": 40}]}""", "2 3")]
    [InlineData("""{"type": "pass_through", "pass_through_filter": "age < 30 and name == 'Eve'"}""", "4")]
    public async Task A_condition_object_lets_through_the_rows_it_lets_through_there(string condition, string rows)
    {
        using var batch = People;
        var result = await CheckAsync("expect_column_values_to_be_null", $$"""{"column": "row", "row_condition": {{condition}}}""", batch);
        Assert.False(result.GetProperty("exception_info").GetProperty("raised_exception").GetBoolean(), result.ToString());
        Assert.Equal(rows, string.Join(' ', result.GetProperty("result").GetProperty("unexpected_index_list").EnumerateArray()));
    }

    [Theory]
    [InlineData("""{"type": "maybe"}""", "none of comparison")]
    [InlineData("""{"column": {"name": "age"}}""", "row_condition.type")]
    [InlineData("""{"type": "comparison", "column": {"name": "age"}, "operator": "=", "parameter": 1}""", "none of ==")]
    [InlineData("""{"type": "comparison", "column": {"name": "age"}, "operator": "=="}""", "nullity condition")]
    [InlineData("""{"type": "comparison", "column": {"name": "age"}, "operator": "IN", "parameter": 1}""", "a list is wanted")]
    [InlineData("""{"type": "comparison", "column": "age", "operator": "==", "parameter": 1}""", "row_condition.column")]
    [InlineData("""{"type": "comparison", "column": {"name": "age"}, "operator": "==", "parameter": 1, "not": true}""", "row_condition.not")]
    [InlineData("""{"type": "and", "conditions": []}""", "at least one condition")]
    [InlineData("""{"type": "or", "conditions": [7]}""", "conditions[0]")]
    [InlineData("""{"type": "nullity", "column": {"name": "age"}}""", "is_null")]
    [InlineData("""{"type": "pass_through", "pass_through_filter": "age ="}""", "")]
    [InlineData("[1]", "a text is wanted")]
    public async Task A_condition_object_that_is_none_is_an_error_of_the_rule(string condition, string message)
    {
        using var batch = People;
        var result = await CheckAsync("expect_column_values_to_be_null", $$"""{"column": "row", "row_condition": {{condition}}}""", batch);
        Assert.True(result.GetProperty("exception_info").GetProperty("raised_exception").GetBoolean());
        Assert.Contains(message, result.GetProperty("exception_info").GetProperty("exception_message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT * FROM {batch} WHERE age > 40", 1)]
    [InlineData("select name, age\nfrom {batch}\nwhere age IS NULL or name = 'Eve' ;", 2)]
    [InlineData("SELECT * FROM {batch} WHERE seen >= '2024-06-01' AND NOT ok", 1)]
    [InlineData("SELECT `row` FROM {batch} WHERE name LIKE '_o%' OR age BETWEEN 41 AND 50", 2)]
    [InlineData("SELECT * FROM {batch}", 5)]
    [InlineData("SELECT * FROM {batch} WHERE age <> 25", 2)]
    public async Task A_query_finds_the_rows_it_finds_in_a_database(string query, int rows)
    {
        using var batch = People;
        var result = await CheckAsync("unexpected_rows_expectation", $$"""{"unexpected_rows_query": {{JsonSerializer.Serialize(query)}}}""", batch);
        Assert.False(result.GetProperty("success").GetBoolean(), result.ToString());
        Assert.Equal($"{rows} unexpected row{(rows == 1 ? "" : "s")}", result.GetProperty("result").GetProperty("observed_value").GetString());
        Assert.Equal(rows, result.GetProperty("result").GetProperty("details").GetProperty("unexpected_rows").GetArrayLength());
    }

    [Fact]
    public async Task What_a_query_finds_is_listed_whole_and_nothing_found_is_success()
    {
        using var batch = People;
        var found = await CheckAsync("unexpected_rows_expectation", """{"unexpected_rows_query": "SELECT * FROM {batch} WHERE age > 40"}""", batch);
        Assert.Equal(
            """[{"name":"dan","age":41,"size":null,"seen":"2025-01-01T00:00:00","ok":true,"row":3}]""",
            JsonSerializer.Serialize(found.GetProperty("result").GetProperty("details").GetProperty("unexpected_rows")));
        var some = await CheckAsync("unexpected_rows_expectation", """{"unexpected_rows_query": "SELECT name, age FROM {batch} WHERE size < 10"}""", batch);
        Assert.Equal("""[{"name":"Bob","age":null}]""", JsonSerializer.Serialize(some.GetProperty("result").GetProperty("details").GetProperty("unexpected_rows")));
        var none = await CheckAsync("unexpected_rows_expectation", """{"unexpected_rows_query": "SELECT * FROM {batch} WHERE age > 400"}""", batch);
        Assert.True(none.GetProperty("success").GetBoolean());
        Assert.Equal("0 unexpected rows", none.GetProperty("result").GetProperty("observed_value").GetString());
    }

    [Theory]
    [InlineData("SELECT count(*) FROM {batch}")]
    [InlineData("SELECT DISTINCT name FROM {batch}")]
    [InlineData("SELECT * FROM {batch} JOIN other ON a = b")]
    [InlineData("SELECT * FROM {batch} b WHERE b.age > 1")]
    [InlineData("SELECT * FROM {batch} WHERE age > 1 GROUP BY name")]
    [InlineData("SELECT * FROM {batch} WHERE age > 1 LIMIT 5")]
    [InlineData("SELECT * FROM {batch} WHERE age > (SELECT max(age) FROM {batch})")]
    [InlineData("SELECT * FROM {batch} WHERE \"age\" > 1")]
    [InlineData("SELECT * FROM {batch} WHERE age / 2 > 1")]
    [InlineData("SELECT * FROM people WHERE age > 1")]
    [InlineData("SELECT * FROM {batch} WHERE AGE > 1")]
    [InlineData("SELECT nowhere FROM {batch} WHERE age > 1")]
    [InlineData("SELECT * FROM {batch} WHERE")]
    [InlineData("DELETE FROM {batch}")]
    [InlineData("")]
    public async Task A_query_that_is_more_than_a_condition_is_an_error_of_the_rule(string query)
    {
        using var batch = People;
        var result = await CheckAsync("unexpected_rows_expectation", $$"""{"unexpected_rows_query": {{JsonSerializer.Serialize(query)}}}""", batch);
        Assert.True(result.GetProperty("exception_info").GetProperty("raised_exception").GetBoolean(), result.ToString());
        Assert.NotEmpty(result.GetProperty("exception_info").GetProperty("exception_message").GetString()!);
    }

    [Fact]
    public async Task What_a_suite_says_beside_its_rules_comes_back()
    {
        using var batch = People;
        const string Json = """
            {"name": "s", "id": "suite-1", "notes": ["one", "two"], "meta": {"great_expectations_version": "1.3.0"}, "suite_parameters": {"low": 26},
             "expectations": [
              {"type": "expect_column_values_to_be_between", "id": "e-1", "notes": "a note", "description": "about age", "meta": {"owner": "x"}, "severity": "info",
               "kwargs": {"column": "age", "min_value": {"$PARAMETER": "low"}}},
              {"type": "expect_column_values_to_be_unique", "notes": ["a", "b"], "kwargs": {"column": "row", "severity": "warning"}}]}
            """;
        var suite = SuiteJson.Read(SuiteJson.Write(GreatExpectationsSuites.Read(Json)));
        Assert.Equal([Severity.Info, Severity.Warning], suite.Rules.Select(r => r.Severity));
        using var document = JsonDocument.Parse(GreatExpectationsResults.Write(
            await suite.CheckAsync(Rows.Stream([batch.SliceShared(0, 5)]), batch.Schema, GreatExpectationsSuites.CheckOptions, Cancel)));
        var root = document.RootElement;
        Assert.Equal("suite-1", root.GetProperty("id").GetString());
        Assert.Equal("""{"great_expectations_version":"1.3.0"}""", JsonSerializer.Serialize(root.GetProperty("meta")));
        Assert.Equal("""{"low":26}""", JsonSerializer.Serialize(root.GetProperty("suite_parameters")));
        var config = root.GetProperty("results")[0].GetProperty("expectation_config");
        Assert.Equal("e-1 a note about age info x", string.Join(' ', config.GetProperty("id"), config.GetProperty("notes"), config.GetProperty("description"), config.GetProperty("severity"), config.GetProperty("meta").GetProperty("owner")));
        Assert.Equal("[\"a\",\"b\"]", JsonSerializer.Serialize(root.GetProperty("results")[1].GetProperty("expectation_config").GetProperty("notes")));
        Assert.Equal("$.expectations[0].notes", Assert.Throws<SuiteFormatException>(() => GreatExpectationsSuites.Read(
            """{"expectations": [{"type": "expect_column_to_exist", "kwargs": {"column": "a"}, "notes": 7}]}""")).Path);
    }

    private static async Task<JsonElement> CheckAsync(string type, string kwargs, RecordBatch batch)
    {
        var suite = GreatExpectationsSuites.Read($$"""{"expectations": [{"type": "{{type}}", "kwargs": {{kwargs}}}]}""");
        suite = SuiteJson.Read(SuiteJson.Write(suite));
        var result = await suite.CheckAsync(Rows.Stream([batch.SliceShared(0, batch.Length)]), batch.Schema, GreatExpectationsSuites.CheckOptions, Cancel);
        return JsonDocument.Parse(GreatExpectationsResults.Write(result)).RootElement.GetProperty("results")[0];
    }
}
