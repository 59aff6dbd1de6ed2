using DataEngineX.Pipelines.Tests.Engine;

namespace DataEngineX.Pipelines.Tests.Flows;

public sealed class TranslationTests
{
    private static Flow<Reading> Typed => EngineFixture.Rows<Reading>();

    [Fact]
    public void A_method_without_a_column_form_is_refused_with_its_text()
    {
        var error = Assert.Throws<PlanException>(() => Typed.Where(r => r.Station!.IsNormalized()));
        Assert.Contains("r.Station.IsNormalized()", error.Message, StringComparison.Ordinal);
        Assert.Contains("docs/expressions.md", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_culture_comparison_is_refused()
    {
        Assert.Throws<PlanException>(() => Typed.Where(r => r.Station!.StartsWith("a", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Chance_and_the_local_clock_are_refused_and_never_read_while_describing()
    {
        Assert.Contains("run's clock", Assert.Throws<PlanException>(() => Typed.Where(r => r.Count < DateTime.Now.Year)).Message, StringComparison.Ordinal);
        Assert.Throws<PlanException>(() => Typed.Where(r => r.Count < Random.Shared.Next()));
    }

    [Fact]
    public void A_function_that_csharp_has_no_form_for_cannot_be_called() =>
        Assert.Contains("cannot be called", Assert.Throws<InvalidOperationException>(() => Sql.Like("a", "a")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_key_that_is_computed_is_refused_where_a_column_is_needed()
    {
        var error = Assert.Throws<PlanException>(() => Typed.OrderBy(r => r.Count + 1));
        Assert.Contains("does not name a column", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_columns_of_one_name_are_refused()
    {
        var error = Assert.Throws<PlanException>(() => ((Flow)Typed).Select("station", "station"));
        Assert.Equal("station", error.Column);
    }

    [Fact]
    public async Task A_missing_column_is_named_with_those_that_are_there()
    {
        var flow = ((Flow)Typed).Where(Expressions.Columns.Col("statoin").IsNotNull());
        var error = await Assert.ThrowsAsync<PlanException>(async () => await EngineFixture.Reader().ExplainAsync(flow, TestContext.Current.CancellationToken));
        Assert.Equal("statoin", error.Column);
        Assert.Equal("filter", error.Operator);
        Assert.Contains("station, day, temp_f, count", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Types_that_do_not_fit_are_named()
    {
        var flow = ((Flow)Typed).Where(Expressions.Columns.Col("station") > 3);
        var error = await Assert.ThrowsAsync<PlanException>(async () => await EngineFixture.Reader().ExplainAsync(flow, TestContext.Current.CancellationToken));
        Assert.Contains("utf8, int32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_in_a_member_that_cannot_hold_it_is_an_error_naming_the_column()
    {
        var flow = EngineFixture.Rows(new Reading(null, default, null, 1)).As<Strict>();
        var error = await Assert.ThrowsAsync<MalformedDataException>(() => EngineFixture.Reader().ToListAsync(flow, TestContext.Current.CancellationToken));
        Assert.Equal("station", error.Column);
    }

    [Fact]
    public async Task Explain_says_what_streams_and_what_is_buffered_and_what_reached_the_scan()
    {
        var flow = Typed.Where(r => r.Count > 1).OrderBy(r => r.Day).Select(r => new { r.Day });
        var text = await EngineFixture.Reader().ExplainAsync(flow, TestContext.Current.CancellationToken);
        Assert.Contains("sort keys=[\"day\"]  [buffered", text, StringComparison.Ordinal);
        Assert.Contains("filter predicate=(gt (col \"count\") (lit int32 1))  [streaming", text, StringComparison.Ordinal);
        Assert.Contains("scan dataset=\"inmemory/rows\" columns=[\"day\", \"count\"]", text, StringComparison.Ordinal);
    }

    private sealed record Strict(string Station, int Count);
}
