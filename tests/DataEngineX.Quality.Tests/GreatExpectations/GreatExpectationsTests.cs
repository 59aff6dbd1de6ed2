using System.Text.Json;
using Apache.Arrow;

namespace DataEngineX.Quality.Tests.GreatExpectations;

/// <summary>Cases of Great Expectations through the importer, and their results in its form.</summary>
public class GreatExpectationsTests
{
    public static TheoryData<string, int, int, string> Cases()
    {
        var cases = new TheoryData<string, int, int, string>();
        foreach (var test in ExpectationCase.All().Where(c => c.LeftOut() is null))
            cases.Add(test.File, test.Dataset, test.Index, test.Title);
        return cases;
    }

    [Fact]
    public void No_case_has_been_lost_and_each_left_out_has_a_reason()
    {
        Assert.Equal(PortableCases, Cases().Count);
        Assert.Equal(AllCases - PortableCases, ExpectationCase.All().Count(c => c.LeftOut() is not null));
    }

    private const int AllCases = 244;
    private const int PortableCases = 215;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_result_is_theirs(string file, int dataset, int index, string title)
    {
        var test = ExpectationCase.Find(file, dataset, index);
        Assert.Equal(title, test.Title);
        using var batch = test.Batch();
        var whole = await ResultAsync(test.Suite("type"), batch, Math.Max(1, batch.Length));
        Assert.Equal(whole, await ResultAsync(test.Suite("expectation_type"), batch, 3));
        using var document = JsonDocument.Parse(whole);
        var result = document.RootElement.GetProperty("results")[0];
        var raised = result.GetProperty("exception_info");
        Assert.True(test.IsError == raised.GetProperty("raised_exception").GetBoolean(), whole);
        if (test.IsError)
        {
            Assert.False(result.GetProperty("success").GetBoolean());
            Assert.False(string.IsNullOrEmpty(raised.GetProperty("exception_message").GetString()));
            return;
        }

        foreach (var expected in test.Out.EnumerateObject())
            Assert.True(Holds(expected.Name, expected.Value, result, test.Tolerance), $"{test}: {expected.Name} is to be {expected.Value.GetRawText()} in\n{whole}");
    }

    private static async Task<string> ResultAsync(string suite, RecordBatch batch, int length)
    {
        var read = GreatExpectationsSuites.Read(suite);
        // What is read from our own form is the same suite.
        read = SuiteJson.Read(SuiteJson.Write(read));
        var parts = batch.Length == 0 ? [batch.SliceShared(0, 0)] : Rows.Split(batch, length);
        return GreatExpectationsResults.Write(await read.CheckAsync(Rows.Stream(parts), batch.Schema, GreatExpectationsSuites.CheckOptions));
    }

    private static bool Holds(string name, JsonElement expected, JsonElement found, double tolerance)
    {
        var result = found.GetProperty("result");
        switch (name)
        {
            case "success":
                return expected.GetBoolean() == found.GetProperty("success").GetBoolean();
            case "result":
                return expected.EnumerateObject().All(e => e.Name == "details" && e.Value.TryGetProperty("partial_unexpected_counts_error", out _)
                    || (e.Name == "unexpected_index_list" ? Holds(e.Name, e.Value, found, tolerance) : result.TryGetProperty(e.Name, out var f) && Same(e.Value, f, tolerance)));
            case "unexpected_index_list":
                var rows = expected.EnumerateArray().Select(r => r.ValueKind == JsonValueKind.Number ? r.GetInt64() : r.GetProperty("pk_index").GetInt64());
                return rows.SequenceEqual(result.GetProperty(name).EnumerateArray().Select(r => r.GetInt64()));
            case "unexpected_list":
                var values = result.GetProperty(name).EnumerateArray().ToList();
                return expected.GetArrayLength() == values.Count && expected.EnumerateArray().All(e => values.RemoveAll(v => Same(e, v, 1e-9)) > 0 || values.Count < expected.GetArrayLength());
            case "observed_value_list":
                return expected.EnumerateArray().Any(e => Same(e, result.GetProperty("observed_value"), tolerance));
            case "value_counts" or "observed_partition" or "expected_partition":
                return Same(expected, result.GetProperty("details").GetProperty(name), tolerance);
            case var _ when name.StartsWith("observed_cdf_x_", StringComparison.Ordinal):
                return HasEdge(name.Split('_'), expected.GetDouble(), result.GetProperty("details").GetProperty("observed_cdf").GetProperty("x"));
            default:
                return result.TryGetProperty(name, out var value) && Same(expected, value, tolerance);
        }
    }

    /// <summary>Names such as <c>observed_cdf_x_-1_gt</c>: an edge, from the end where it is negative, and how it compares.</summary>
    private static bool HasEdge(string[] name, double expected, JsonElement edges)
    {
        var index = int.Parse(name[3], System.Globalization.CultureInfo.InvariantCulture);
        var edge = edges[index < 0 ? edges.GetArrayLength() + index : index].GetDouble();
        return name[4] switch
        {
            "lt" => edge < expected,
            "gt" => edge > expected,
            _ => edge == expected,
        };
    }

    private static bool Same(JsonElement expected, JsonElement found, double tolerance)
    {
        if (expected.ValueKind == JsonValueKind.Number && found.ValueKind == JsonValueKind.Number)
            return Math.Abs(expected.GetDouble() - found.GetDouble()) <= tolerance + (1e-7 * Math.Abs(expected.GetDouble()));
        if (expected.ValueKind == JsonValueKind.Array && found.ValueKind == JsonValueKind.Array)
        {
            return expected.GetArrayLength() == found.GetArrayLength()
                && expected.EnumerateArray().Zip(found.EnumerateArray()).All(p => Same(p.First, p.Second, tolerance));
        }

        if (expected.ValueKind == JsonValueKind.Object && found.ValueKind == JsonValueKind.Object)
            return expected.EnumerateObject().All(e => found.TryGetProperty(e.Name, out var f) && Same(e.Value, f, tolerance));
        return JsonElement.DeepEquals(expected, found);
    }
}
