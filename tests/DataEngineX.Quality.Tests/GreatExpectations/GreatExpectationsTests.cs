using System.Globalization;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests.GreatExpectations;

/// <summary>Cases of Great Expectations for the rules that are here; see the README beside the files.</summary>
public class GreatExpectationsTests
{
    public static TheoryData<string, int, string> Cases()
    {
        var cases = new TheoryData<string, int, string>();
        foreach (var file in Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal))
        {
            var datasets = Open(file).GetProperty("datasets");
            for (var i = 0; i < datasets.GetArrayLength(); i++)
            {
                foreach (var test in datasets[i].GetProperty("tests").EnumerateArray().Where(IsPortable))
                    cases.Add(Path.GetFileName(file), i, test.GetProperty("title").GetString()!);
            }
        }

        return cases;
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "great-expectations");

    [Fact]
    public void No_portable_case_has_been_lost() => Assert.Equal(46, Cases().Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_verdict_is_theirs(string file, int dataset, string title)
    {
        var root = Open(Path.Combine(Folder, file));
        var data = root.GetProperty("datasets")[dataset];
        var test = data.GetProperty("tests").EnumerateArray().First(t => t.GetProperty("title").GetString() == title);
        var input = test.GetProperty("in");
        var output = test.GetProperty("out");
        using var batch = Batch(data);
        if (test.TryGetProperty("error", out var error) && error.TryGetProperty("traceback_substring", out _))
        {
            Assert.ThrowsAny<Exception>(() => Suites.Verdict(batch, q => Write(q, root.GetProperty("expectation_type").GetString()!, input)));
            return;
        }

        var result = Suites.Check(
            batch, q => Write(q, root.GetProperty("expectation_type").GetString()!, input).WhenNothingToCheck(NothingToCheck.Pass));
        var verdict = Assert.Single(result.Verdicts);
        Assert.Equal(output.GetProperty("success").GetBoolean(), result.Success);
        if (output.TryGetProperty("unexpected_index_list", out var rows) && rows.ValueKind == JsonValueKind.Array)
            Assert.Equal(rows.EnumerateArray().Select(r => r.GetProperty("pk_index").GetInt64()), Suites.Failing(verdict));
        if (output.TryGetProperty("unexpected_list", out var values))
            Assert.Equal(values.GetArrayLength(), verdict.Failed);
        if (output.TryGetProperty("observed_value", out var observed))
            Assert.Equal(observed.GetRawText(), verdict.Observed);
        if (output.TryGetProperty("result", out var details) && details.TryGetProperty("unexpected_count", out var count))
            Assert.Equal(count.GetInt64(), verdict.Failed);
    }

    /// <summary>Not for one database only, no condition in the language of another library, and a column of one type.</summary>
    private static bool IsPortable(JsonElement test)
    {
        var input = test.GetProperty("in");
        return !input.TryGetProperty("row_condition", out _)
            && !(test.TryGetProperty("only_for", out var only) && only.ValueKind == JsonValueKind.Array && only.EnumerateArray().All(o => o.GetString() != "pandas"))
            && !(input.TryGetProperty("column", out var column) && column.GetString() == "y" && input.TryGetProperty("catch_exceptions", out _))
            && !(input.TryGetProperty("min_value", out var min) && min.ValueKind == JsonValueKind.String && min.GetString() == "quack");
    }

    private static QualityBuilder Write(QualityBuilder q, string type, JsonElement input)
    {
        string Column() => input.GetProperty("column").GetString()!;
        var strictMin = input.TryGetProperty("strict_min", out var s) && s.GetBoolean();
        var strictMax = input.TryGetProperty("strict_max", out s) && s.GetBoolean();
        var written = type switch
        {
            "expect_column_values_to_be_between" => q.Between(Column(), Literal(input, "min_value"), Literal(input, "max_value"), strictMin, strictMax),
            "expect_column_values_to_be_in_set" => q.InSet(Column(), Literals(input)),
            "expect_column_values_to_not_be_in_set" => q.NotInSet(Column(), Literals(input)),
            "expect_column_values_to_be_unique" => q.Unique(Column()),
            "expect_column_values_to_match_regex" => q.Regex(Column(), input.GetProperty("regex").GetString()!),
            "expect_column_values_to_not_be_null" => q.NotNull(Column()),
            "expect_compound_columns_to_be_unique" => Compound(q, input),
            "expect_table_row_count_to_be_between" => q.RowCount((long?)Literal(input, "min_value"), (long?)Literal(input, "max_value")),
            "expect_table_row_count_to_equal" => q.RowCount((long?)Literal(input, "value"), (long?)Literal(input, "value")),
            _ => throw new NotSupportedException(type),
        };
        return input.TryGetProperty("mostly", out var mostly) ? written.Mostly(mostly.GetDouble()) : written;
    }

    private static QualityBuilder Compound(QualityBuilder q, JsonElement input)
    {
        string[] columns = [.. input.GetProperty("column_list").EnumerateArray().Select(c => c.GetString()!)];
        q.Unique(columns);
        return input.TryGetProperty("ignore_row_if", out var ignored) && ignored.GetString() == "any_value_is_missing"
            ? q.Where(columns.Select(c => Col(c).IsNotNull()).Aggregate((a, b) => a & b))
            : q;
    }

    private static object? Literal(JsonElement input, string name) => input.TryGetProperty(name, out var value) ? Literal(value) : null;

    private static object?[] Literals(JsonElement input) => [.. input.GetProperty("value_set").EnumerateArray().Select(Literal)];

    private static object? Literal(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        _ => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
    };

    private static RecordBatch Batch(JsonElement dataset)
    {
        var columns = new List<(string, IArrowType, object?[])>();
        foreach (var column in dataset.GetProperty("data").EnumerateObject())
        {
            object?[] values = [.. column.Value.EnumerateArray().Select(Literal)];
            var kinds = values.OfType<object>().Select(v => v.GetType()).Distinct().ToList();
            var isTime = dataset.TryGetProperty("schemas", out var schemas) && schemas.TryGetProperty("pandas", out var types)
                && types.TryGetProperty(column.Name, out var name) && name.GetString()!.StartsWith("datetime64", StringComparison.Ordinal);
            if (isTime)
                columns.Add((column.Name, ArrowTypes.TimestampLocal, [.. values.Select(v => v is string t ? (object?)DateTime.Parse(t, CultureInfo.InvariantCulture) : null)]));
            else if (kinds.Contains(typeof(string)))
                columns.Add((column.Name, StringType.Default, [.. values.Select(v => v is null ? null : (object?)Convert.ToString(v, CultureInfo.InvariantCulture))]));
            else
                columns.Add((column.Name, kinds.Contains(typeof(double)) ? DoubleType.Default : Int64Type.Default, values));
        }

        return Rows.Of([.. columns]);
    }

    private static JsonElement Open(string file) => JsonDocument.Parse(File.ReadAllText(file)).RootElement;
}
