using Apache.Arrow.Types;
using DataEngineX.Quality.Reports;

namespace DataEngineX.Quality.Tests;

public class MaskTests
{
    private const string Secret = "SECRET";

    [Fact]
    public async Task No_form_of_a_result_tells_a_value_of_a_masked_column()
    {
        using var batch = People();
        const string Json = """
            {"expectations": [
              {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "ssn"}},
              {"type": "expect_column_max_to_be_between", "kwargs": {"column": "ssn", "max_value": "A"}},
              {"type": "expect_column_distinct_values_to_be_in_set", "kwargs": {"column": "ssn", "value_set": ["a"]}},
              {"type": "expect_column_pair_values_to_be_equal", "kwargs": {"column_A": "name", "column_B": "ssn"}},
              {"type": "expect_compound_columns_to_be_unique", "kwargs": {"column_list": ["name", "ssn"]}},
              {"type": "expect_column_values_to_match_regex", "kwargs": {"column": "name", "regex": "^x", "row_condition": "ssn == \"SECRET1\"", "condition_parser": "pandas"}}]}
            """;
        var suite = GreatExpectationsSuites.Read(Json);
        var result = await suite.CheckAsync(
            Rows.Stream([batch.SliceShared(0, batch.Length)]), batch.Schema, GreatExpectationsSuites.CheckOptions with { KeyColumns = ["ssn", "name"] }, TestContext.Current.CancellationToken);
        var masked = result.Mask(["SSN"]);

        Assert.Contains(Secret, GreatExpectationsResults.Write(result), StringComparison.Ordinal);
        var told = GreatExpectationsResults.Write(masked);
        Assert.DoesNotContain(Secret, told, StringComparison.Ordinal);
        Assert.Contains("(masked)", told, StringComparison.Ordinal);
        Assert.All(masked.Verdicts, v => Assert.DoesNotContain(Secret, $"{v} {v.ObservedJson} {v.Where} {string.Join(' ', v.Samples.Select(s => s.Json))}", StringComparison.Ordinal));
        Assert.All(masked.Verdicts, v => Assert.All(v.Samples, s => Assert.All(s.Keys, k => Assert.DoesNotContain(Secret, k.Json, StringComparison.Ordinal))));
        Assert.Equal(result.Verdicts.Select(v => (v.Outcome, v.Failed, v.Checked)), masked.Verdicts.Select(v => (v.Outcome, v.Failed, v.Checked)));

        // A column that is not masked keeps its values, and nothing is masked where nothing is asked for.
        Assert.Contains("bob", string.Join(' ', masked.Verdicts[5].Samples.Select(s => s.Json)), StringComparison.Ordinal);
        Assert.Same(result, result.Mask([]));
    }

    [Fact]
    public async Task Reports_mask_the_row_filter_that_names_a_masked_column()
    {
        using var batch = People();
        var suite = new QualityBuilder().Regex("name", "^x").Where(Expressions.Columns.Col("ssn") == "SECRET1").Build();
        var result = await suite.CheckAsync(Rows.Stream([batch.SliceShared(0, batch.Length)]), batch.Schema, null, TestContext.Current.CancellationToken);

        var report = new QualityReport("people", result);
        Assert.Contains("SECRET1", report.ToHtml(), StringComparison.Ordinal);
        var html = report.ToHtml(new ReportOptions { MaskedColumns = ["ssn"] });
        Assert.DoesNotContain(Secret, html, StringComparison.Ordinal);
        Assert.Contains(", where (masked)", html, StringComparison.Ordinal);
    }

    private static Apache.Arrow.RecordBatch People() => Rows.Of(
        ("name", StringType.Default, ["ann", "bob", "bob"]),
        ("ssn", StringType.Default, ["SECRET1", "SECRET1", "SECRET1"]));
}
