namespace DataEngineX.Quality.Tests.Rules;

public class RegexRuleTests
{
    [Fact]
    public void The_pattern_is_searched_and_not_anchored()
    {
        Assert.Equal([1], Suites.Failing(Suites.Verdict(Rows.Texts("x", "abc", "cd", null), q => q.Regex("x", "b"))));
        Assert.Equal([0, 1], Suites.Failing(Suites.Verdict(Rows.Texts("x", "abc", "bc", "b"), q => q.Regex("x", "^b$"))));
    }

    [Fact]
    public void Empty_long_and_non_ASCII_texts_are_matched_by_characters()
    {
        var verdict = Suites.Verdict(Rows.Texts("x", "", new string('ß', 1000), "ß"), q => q.Regex("x", "^ß+$"));
        Assert.Equal([0], Suites.Failing(verdict));
        Assert.Equal("", verdict.Samples[0].Value);
    }

    [Fact]
    public void What_is_not_text_is_matched_as_it_is_shown()
    {
        Assert.Equal([1], Suites.Failing(Suites.Verdict(Rows.Longs("x", 123, 7, null), q => q.Regex("x", "^[0-9]{3}$"))));
        Assert.Equal([0], Suites.Failing(Suites.Verdict(Rows.Doubles("x", 1.5, 2), q => q.Regex("x", "^2$"))));
    }

    [Fact]
    public void Patterns_that_are_none_or_need_backtracking_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new RegexRule("x", "(?=a)"), error => error.Message.Contains("'(?=a)'", StringComparison.Ordinal) ? null : "names no pattern");
        Assert.ThrowsAny<ArgumentException>(() => new RegexRule("x", "("));
    }

    [Fact]
    public void A_long_sample_is_cut()
    {
        var verdict = Suites.Verdict(Rows.Texts("x", new string('a', 5000)), q => q.Regex("x", "b"));
        Assert.Equal(200, verdict.Samples[0].Value!.Length);
    }
}
