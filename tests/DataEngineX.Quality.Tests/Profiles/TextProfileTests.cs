using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Profiles;

public class TextProfileTests
{
    [Fact]
    public async Task Texts_tell_lengths_characters_and_case()
    {
        var column = await ProfileRun.ColumnAsync(StringType.Default, "Ab-123", "", "  ", " x", "ÄÖ", "abc", "ABC", null, "a b", "😀");
        var text = column.Text!;
        Assert.Equal((0, 6), (text.Lengths.Min, text.Lengths.Max));
        Close.To((6 + 0 + 2 + 2 + 2 + 3 + 3 + 3 + 1) / 9.0, text.Lengths.Mean);
        Assert.Equal((1, 1, 1), (text.Empty, text.Blank, text.Padded));
        Assert.Equal((5, 1, 3, 1, 2), (text.WithLetters, text.WithDigits, text.WithSpaces, text.WithSymbols, text.WithNonAscii));
        Assert.Equal((1, 3, 1), (text.UpperCase, text.LowerCase, text.MixedCase));
        Assert.Equal(("", "😀"), (text.Min, text.Max));
        Assert.Equal(9, column.Distinct);
        Assert.Contains(new CountedValue("Aa-999", 1, 0), text.Patterns(20));
        Assert.Contains(new CountedValue("**", 1, 0), text.Patterns(20));
    }

    [Theory]
    [InlineData("12", SemanticType.Integer)]
    [InlineData("-7", SemanticType.Integer)]
    [InlineData("0", SemanticType.Integer)]
    [InlineData("007", SemanticType.Text)]
    [InlineData("1.50", SemanticType.Decimal)]
    [InlineData("-2e-3", SemanticType.Decimal)]
    [InlineData("1.2.3", SemanticType.Text)]
    [InlineData("1,5", SemanticType.Text)]
    [InlineData("TRUE", SemanticType.Boolean)]
    [InlineData("no", SemanticType.Boolean)]
    [InlineData("nope", SemanticType.Text)]
    [InlineData("2024-02-29", SemanticType.Date)]
    [InlineData("2023-02-29", SemanticType.Text)]
    [InlineData("2024-02-29T23:59", SemanticType.Timestamp)]
    [InlineData("2024-02-29 23:59:59.123Z", SemanticType.Timestamp)]
    [InlineData("2024-02-29T01:02:03+01:00", SemanticType.Timestamp)]
    [InlineData("2024-02-29T25:00", SemanticType.Text)]
    [InlineData("6f9619ff-8b86-d011-b42d-00cf4fc964ff", SemanticType.Uuid)]
    [InlineData("6f9619ff-8b86-d011-b42d-00cf4fc964fg", SemanticType.Text)]
    [InlineData("jo.doe+x@example.org", SemanticType.Email)]
    [InlineData("jo@localhost", SemanticType.Text)]
    [InlineData("https://example.org/a?b=c", SemanticType.Url)]
    [InlineData("httpd is up", SemanticType.Text)]
    [InlineData("{\"a\": [1, 2]}", SemanticType.Json)]
    [InlineData("{a}", SemanticType.Text)]
    [InlineData("192.168.0.1", SemanticType.IpAddress)]
    [InlineData("192.168.0.256", SemanticType.Text)]
    [InlineData("-", SemanticType.Text)]
    [InlineData(".", SemanticType.Text)]
    public async Task A_text_looks_like_one_thing(string value, SemanticType expected)
    {
        var text = (await ProfileRun.ColumnAsync(StringType.Default, value, null, " ")).Text!;
        Assert.Equal([new SemanticCount(expected, 1, 1)], text.Semantics);
        Assert.Equal(expected == SemanticType.Text ? null : expected, text.SemanticType);
    }

    [Fact]
    public async Task Dictionaries_and_plain_text_have_the_same_profile()
    {
        object?[] values = [.. Enumerable.Range(0, 500).Select(i => i % 7 == 0 ? null : (object?)$"name {i % 40}")];
        var plain = await ProfileRun.OfAsync(Rows.Of(("x", StringType.Default, values)), 60);
        var encoded = await ProfileRun.OfAsync(Rows.Of(("x", new DictionaryType(Int32Type.Default, StringType.Default, false), values)), 60);
        ProfileMetrics.Same(plain, encoded);
    }

    [Fact]
    public async Task Dictionaries_of_numbers_and_with_other_indices_are_decoded()
    {
        var codes = new Int8Array.Builder().Append(1).AppendNull().Append(1).Append(0).Build();
        var values = new Int64Array.Builder().Append(5).Append(9).Build();
        var type = new DictionaryType(Int8Type.Default, Int64Type.Default, false);
        var batch = new RecordBatch(new Schema([new Field("x", type, true)], null), [new DictionaryArray(type, codes, values)], 4);
        var column = (await ProfileRun.OfAsync(batch))["x"];
        Assert.Equal(("int64", 2, 1), (column.Type, column.Distinct!.Value, column.Nulls));
        Close.To(23 / 3.0, column.Numbers!.Mean);
    }

    [Fact]
    public async Task Many_texts_are_looked_at_as_they_come_with_the_same_result()
    {
        var random = new Random(4);
        object?[] values = [.. Enumerable.Range(0, 9000).Select(i => (object?)$"{random.Next(0, 5000)}{(i % 3 == 0 ? " x" : "")}")];
        var text = (await ProfileRun.OfAsync(Rows.Of(("x", StringType.Default, values)), 700))["x"];
        Assert.False(text.IsDistinctExact);
        Close.To(values.Average(v => ((string)v!).Length), text.Text!.Lengths.Mean);
        Assert.Equal(3000, text.Text.WithSpaces);
        Assert.Equal(values.Cast<string>().Min(StringComparer.Ordinal), text.Min);
        Assert.Equal(values.Cast<string>().Max(StringComparer.Ordinal), text.Max);
        Assert.Equal(9000, text.Text.Semantics.Sum(s => s.Count));
    }

    [Fact]
    public async Task Very_long_texts_cost_no_more_than_their_beginning()
    {
        var start = new string('x', 10_000_000);
        var profile = await ProfileRun.OfAsync(("x", StringType.Default, [start, start + "y", start, "short"]));
        var column = profile["x"];
        Assert.Equal((3, 10_000_001), (column.Distinct!.Value, column.Text!.Lengths.Max));
        Assert.Equal(2, column.TopValues(1)[0].Count);
        Assert.InRange(profile.ToJson().Length, 1, 100_000);
    }

    [Fact]
    public async Task Bytes_have_lengths_and_counts()
    {
        var builder = new BinaryArray.Builder().Append([1, 2, 3]).AppendNull().Append([1, 2, 3]).Append([]);
        var array = builder.Build();
        var batch = new RecordBatch(new Schema([new Field("x", BinaryType.Default, true)], null), [array], 4);
        var column = (await ProfileRun.OfAsync(batch))["x"];
        Assert.Equal((ValueKind.Binary, 2, 3), (column.Kind, column.Distinct!.Value, column.Text!.Lengths.Max));
        Assert.Equal(new CountedValue("AQID", 2, 0), column.TopValues(1)[0]);
    }

    [Fact]
    public async Task What_is_no_utf8_is_counted()
    {
        var bytes = new BinaryArray.Builder().Append([0xC3]).Append([(byte)'a']).Build();
        var texts = new StringArray(new ArrayData(StringType.Default, 2, 0, 0, bytes.Data.Buffers));
        var column = (await ProfileRun.OfAsync(new RecordBatch(new Schema([new Field("x", StringType.Default, true)], null), [texts], 2)))["x"];
        Assert.Equal(1, column.Text!.Malformed);
        Assert.Equal(2, column.TopValues().Count);
    }
}
