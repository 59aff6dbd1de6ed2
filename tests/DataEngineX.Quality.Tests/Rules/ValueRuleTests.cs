using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Rules;

public class ValueRuleTests
{
    [Fact]
    public void Null_marks_what_has_a_value()
    {
        var verdict = Suites.Verdict(Rows.Longs("x", null, 3, null), q => q.Null("x"));
        Assert.Equal((3, 1, "3"), (verdict.Checked, verdict.Failed, verdict.Samples[0].Value));
        Assert.Equal(VerdictOutcome.Pass, Suites.Verdict(Rows.Doubles("x", double.NaN), q => q.Null("x").NaNIsMissing()).Outcome);
    }

    [Fact]
    public void Several_patterns_match_any_all_or_none()
    {
        string?[] texts = ["ab", "a", "b", null, "c"];
        Assert.Equal([4], Failing(texts, q => q.RegexAny("x", "a", "b")));
        Assert.Equal([1, 2, 4], Failing(texts, q => q.RegexAll("x", "a", "b")));
        Assert.Equal([0, 1, 2], Failing(texts, q => q.Add(new RegexRule("x", ["a", "b"], PatternMatch.Any, negated: true))));
        Assert.Equal([0, 1], Failing(texts, q => q.NotRegex("x", "^a")));
        Assert.Equal([1, 2, 4], Failing(texts, q => q.Add(new RegexRule("x", "a(?=b)", backtracking: true))));
    }

    [Theory]
    [InlineData("a%", "ab|a|a\nb", "ba|A")]
    [InlineData("_", "a|é|𝄞", "|ab")]
    [InlineData("%b%", "abc|b", "ac")]
    [InlineData("\\%", "%", "a")]
    [InlineData("[a]%", "[a]x", "ab")]
    [InlineData("a.c", "a.c", "abc")]
    public void Like_is_that_of_SQL(string pattern, string like, string unlike)
    {
        Assert.Empty(Failing(like.Split('|'), q => q.Like("x", pattern)));
        Assert.Empty(Failing(unlike.Split('|'), q => q.NotLike("x", pattern)));
    }

    [Fact]
    public void Lengths_are_of_code_points()
    {
        string?[] texts = ["", "é", "𝄞𝄞", null, new string('ü', 100), "abc"];
        Assert.Equal([0, 4], Failing(texts, q => q.Length("x", 1, 3)));
        Assert.Equal([0, 1, 2, 5], Failing(texts, q => q.Length("x", 100)));
        Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Longs("x", 1), q => q.Length("x", 1)));
        Assert.Throws<ArgumentException>(() => new LengthRule("x", null, null));
        Assert.Throws<ArgumentException>(() => new LengthRule("x", 3, 2));
    }

    [Theory]
    [InlineData(TextFormat.Email, "a@b.de|first.last+tag@sub.example.org", "a@b|@b.de|a b@c.de|a@b..de|.a@b.de|a@-b.de|")]
    [InlineData(TextFormat.Url, "https://example.org/a?b=c|ftp://x.org", "example.org|/a|mailto:a@b.de|http://|javascript:x")]
    [InlineData(TextFormat.Uuid, "01234567-89ab-cdef-0123-456789ABCDEF", "0123456789abcdef0123456789abcdef|x")]
    [InlineData(TextFormat.IPv4, "1.2.3.4|255.255.255.255", "1.2.3|1.2.3.256|01.2.3.4|1.2.3.4.5|")]
    [InlineData(TextFormat.IPv6, "::1|2001:db8::ff", "1.2.3.4|[::1]|:::|g::1")]
    [InlineData(TextFormat.IP, "::1|1.2.3.4", "x")]
    [InlineData(TextFormat.Phone, "+49 30 901820|+1-202-555-0123", "030 901820|+0123456789|+123|+12345678901234567")]
    [InlineData(TextFormat.CardNumber, "4111 1111 1111 1111|5500-0000-0000-0004", "4111 1111 1111 1112|1234|x")]
    [InlineData(TextFormat.Country, "DE|US", "XX|de|DEU|")]
    [InlineData(TextFormat.Currency, "EUR|JPY", "XXX|eur|")]
    [InlineData(TextFormat.IsoDate, "2024-02-29", "2023-02-29|29.02.2024|2024-2-9")]
    [InlineData(TextFormat.UpperCase, "ABC 1|", "aBC")]
    [InlineData(TextFormat.LowerCase, "abc 1", "aBC")]
    [InlineData(TextFormat.Trimmed, "a b", " a|a |")]
    public void Formats_have_their_grammars(TextFormat format, string good, string bad)
    {
        Assert.Empty(Failing(good.Split('|'), q => q.Format("x", format)));
        Assert.Equal(bad.Split('|').Length, Failing(bad.Split('|'), q => q.Format("x", format)).Count);
    }

    [Theory]
    [InlineData("%Y-%m-%d", "2024-02-29|2024-2-9", "2023-02-29|2024-13-01|2024-02-29 |x")]
    [InlineData("%d/%m/%y %H:%M", "01/02/03 23:59", "01/02/03 24:00|1/2/2003 1:00")]
    [InlineData("%b %d, %Y", "Feb 29, 2024|jan 1, 1999", "Foo 1, 1999|Feb 30, 2024")]
    [InlineData("%A %I%p", "monday 7PM", "monday 13PM")]
    [InlineData("%Y-%m-%dT%H:%M:%S.%f%z", "2024-01-01T00:00:00.123456+01:00|2024-01-01T00:00:00.1Z", "2024-01-01T00:00:00+01:00")]
    [InlineData("%j%%", "366%", "367%|0%")]
    public void Strftime_formats_read_what_Python_reads(string format, string good, string bad)
    {
        Assert.Empty(Failing(good.Split('|'), q => q.TimeFormat("x", format, TimeFormatStyle.Strftime)));
        Assert.Equal(bad.Split('|').Length, Failing(bad.Split('|'), q => q.TimeFormat("x", format, TimeFormatStyle.Strftime)).Count);
    }

    [Theory]
    [InlineData("%Q")]
    [InlineData("%Y%Y")]
    [InlineData("%")]
    public void Directives_that_there_are_not_are_refused(string format) =>
        Assert.Throws<ArgumentException>(() => new TimeFormatRule("x", format, TimeFormatStyle.Strftime));

    [Fact]
    public void Dates_are_read_as_people_write_them()
    {
        string[] good =
        [
            "2019-04-01", "01/13/2011", "13.1.2011", "2003-09-25T10:49:41.5-03:00", "Thu Sep 25 10:36:28 2003", "Thu Sep 25 10:36:28 BRST 2003", "20030925T104941",
            "3rd of May 2001", "May 2001", "10:36 PM", "September 5, 1999", "20030925", "2019", "Sept 4",
        ];
        string[] bad = ["abc", "cat", "", "2019-13-45", "2019-02-30", "99:99", "1/2/3/4", "hello 2019", "2019-04-01x"];
        Assert.Empty(Failing(good, q => q.DateText("x")).Select(i => good[i]));
        Assert.Equal(bad, Failing(bad, q => q.DateText("x")).Select(i => bad[i]));
        Assert.Equal([1], Failing(["1/2/2003", "2003-02-01"], q => q.TimeFormat("x", "M/d/yyyy")));
    }

    [Fact]
    public void Json_is_one_value_and_a_schema_says_which()
    {
        string?[] texts = ["{\"a\": 1}", "[1, 2]", "1 2", "{a: 1}", null, "", "{\"a\": \"x\"}"];
        Assert.Equal([2, 3, 5], Failing(texts, q => q.JsonText("x")));
        Assert.Equal([0], Suites.Failing(Suites.Verdict(Rows.Longs("x", 1, null), q => q.JsonText("x"))));
        const string Schema = """{"type": "object", "properties": {"a": {"$ref": "#/$defs/n"}}, "required": ["a"], "additionalProperties": false, "$defs": {"n": {"type": "integer", "minimum": 1}}}""";
        Assert.Equal([1, 2, 3, 5, 6], Failing(texts, q => q.Add(new JsonSchemaRule("x", Schema))));
        Assert.Throws<ArgumentException>(() => new JsonSchemaRule("x", """{"tpye": "object"}"""));
        Assert.Throws<ArgumentException>(() => new JsonSchemaRule("x", """{"$ref": "#/nowhere"}"""));
        Assert.Throws<ArgumentException>(() => new JsonSchemaRule("x", "{"));
    }

    [Fact]
    public void Directions_compare_with_the_value_before_that_is_there()
    {
        long?[] values = [1, 3, null, 3, 2, 5];
        Assert.Equal([4], Suites.Failing(Suites.Verdict(Rows.Longs("x", values), q => q.Increasing("x"))));
        Assert.Equal([3, 4], Suites.Failing(Suites.Verdict(Rows.Longs("x", values), q => q.Increasing("x", strictly: true))));
        Assert.Equal([1, 5], Suites.Failing(Suites.Verdict(Rows.Longs("x", values), q => q.Decreasing("x"))));
        Assert.Equal([2], Suites.Failing(Suites.Verdict(Rows.Texts("x", "a", "b", "a"), q => q.Increasing("x"))));
        Assert.Equal([1, 2], Suites.Failing(Suites.Verdict(Rows.Doubles("x", 1, double.NaN, 2), q => q.Increasing("x"))));
    }

    [Fact]
    public async Task Scores_are_known_after_the_last_row_and_rows_set_aside_then()
    {
        var values = Enumerable.Range(0, 50).Select(i => (double?)(i % 3)).Append(100).Append(null).ToArray();
        var verdict = Suites.Verdict(Rows.Doubles("x", values), q => q.ZScore("x", 3));
        Assert.Equal((51, 1, "100"), (verdict.Checked, verdict.Failed, verdict.Samples[0].Value));
        Assert.Equal(1, verdict.Missing);
        Assert.Equal(3, Suites.Verdict(Rows.Longs("x", 4, 4, 4), q => q.ZScore("x", 3)).Failed);
        Assert.Equal(0, Suites.Verdict(Rows.Doubles("x", 0, 0, 0, 0, -50), q => q.ZScore("x", 1, doubleSided: false)).Failed);
        var run = await GateRun.RunAsync(new QualityBuilder().ZScore("x", 3).OnFailure(Gate.Quarantine).Build(), Rows.Doubles("x", values), 7);
        Assert.Equal(["100"], run.Quarantine.SelectMany(Rows.Read).Select(r => r["value"]));
        run.Release();
        Assert.Equal(0, run.Allocator.HeldBytes);
    }

    [Fact]
    public void Types_have_the_names_of_several_systems()
    {
        foreach (var name in new[] { "int64", "int", "LongType", "BIGINT" })
            Assert.Equal(VerdictOutcome.Pass, Suites.Verdict(Rows.Longs("x", 1), q => q.OfType("x", name)).Outcome);
        var verdict = Suites.Verdict(Rows.Longs("x", 1, null), q => q.OfType("x", "string", "float"));
        Assert.Equal((VerdictOutcome.Fail, "int64", 1, 1), (verdict.Outcome, verdict.Observed, verdict.Checked, verdict.Failed));
        Assert.Equal([0], Suites.Failing(Suites.Verdict(Rows.Texts("x", "a", null), q => q.OfType("x", "int"))));
    }

    [Fact]
    public void Columns_are_there_in_number_set_and_order()
    {
        var rows = Rows.Of(("b", Int64Type.Default, [1L]), ("a", StringType.Default, ["x"]));
        var result = Suites.Check(rows, q => q.ColumnExists("a").ColumnExists("a", 0).ColumnExists("c").ColumnCount(2, 2).ColumnCount(3)
            .ColumnOrder("b", "a").ColumnOrder("a", "b").ColumnSet(["a", "b"]).ColumnSet(["a"]).ColumnSet(["a"], exact: false).ColumnSet(["a", "c"], exact: false)).Verdicts;
        Assert.Equal("PFFPFPFPFPF", string.Concat(result.Select(v => v.Outcome.ToString()[0])));
        Assert.Equal("""{"unexpected": ["b"], "missing": ["c"]}""", Assert.Single(result[10].Details).Json);
        Assert.Contains("\"Found\": \"b\"", Assert.Single(result[6].Details).Json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(IgnoredRows.AllMissing, "1 2 4", "2 4")]
    [InlineData(IgnoredRows.AnyMissing, "1", "")]
    [InlineData(IgnoredRows.None, "1 2 3 4", "2 3 4")]
    public void Pairs_compare_and_missing_values_make_no_comparison_hold(IgnoredRows ignored, string equal, string atLeast)
    {
        RecordBatch Pairs() => Rows.Of(("x", Int64Type.Default, [1L, 3L, null, null, 5L, 9L]), ("y", DoubleType.Default, [1.0, 2.0, 3.0, null, null, 9.0]));
        Assert.Equal(equal, string.Join(' ', Suites.Failing(Suites.Verdict(Pairs(), q => q.PairEqual("x", "y", ignored)))));
        Assert.Equal(atLeast, string.Join(' ', Suites.Failing(Suites.Verdict(Pairs(), q => q.PairGreater("x", "y", orEqual: true, ignored)))));
    }

    [Fact]
    public void A_pair_of_a_set_may_hold_null()
    {
        (object?, object?)[] set = [(1, "a"), (null, "b"), (2.0, null)];
        var rows = Rows.Of(("x", Int64Type.Default, [1L, 1L, null, 2L, null, 2L]), ("y", StringType.Default, ["a", "b", "b", null, null, "a"]));
        Assert.Equal([1, 5], Suites.Failing(Suites.Verdict(rows, q => q.PairInSet("x", "y", set))));
    }

    [Fact]
    public void Rows_add_up_and_hold_different_values()
    {
        RecordBatch Three() => Rows.Of(
            ("a", Int64Type.Default, [1L, 2L, null, null, 3L]), ("b", Int64Type.Default, [3L, 2L, 4L, null, 2L]), ("c", DoubleType.Default, [0.0, 0.0, 0.0, null, -1.0]));
        Assert.Equal([2, 4], Suites.Failing(Suites.Verdict(Three(), q => q.RowSum(["a", "b"], 4))));
        Assert.Equal([2], Suites.Failing(Suites.Verdict(Three(), q => q.RowSum(["a", "b", "c"], 4.0))));
        Assert.Equal([1], Suites.Failing(Suites.Verdict(Three(), q => q.DistinctInRow(["a", "b", "c"]))));
        Assert.Equal([1, 3], Suites.Failing(Suites.Verdict(Three(), q => q.DistinctInRow(["a", "b"], IgnoredRows.None))));
        Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Texts("x", "a"), q => q.RowSum(["x"], 1)));
    }

    private static IReadOnlyList<int> Failing(string?[] texts, Func<QualityBuilder, QualityBuilder> rule) =>
        [.. Suites.Failing(Suites.Verdict(Rows.Texts("x", texts), rule)).Select(r => (int)r)];
}
