using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Drift;

public class SchemaBaselineTests
{
    private static readonly Schema Before = new([new Field("id", Int64Type.Default, false), new Field("name \"x\"", StringType.Default, true)], null);

    [Fact]
    public void A_baseline_comes_back_from_its_text()
    {
        var baseline = SchemaBaseline.Of(Before);
        var back = SchemaBaseline.Parse(baseline.ToJson());
        Assert.Equal(baseline.Columns, back.Columns);
        Assert.Equal(VerdictOutcome.Pass, back.Check(Before).Outcome);
        Assert.Equal("no change", back.Check(Before).Observed);
    }

    [Fact]
    public void What_breaks_readers_fails_and_what_does_not_is_told()
    {
        var baseline = SchemaBaseline.Of(Before);
        var wider = baseline.Check(new Schema([.. Before.FieldsList, new Field("more", BooleanType.Default, true)], null));
        Assert.Equal((VerdictOutcome.Pass, "more: Added (Compatible), nothing -> bool"), (wider.Outcome, wider.Observed));
        var broken = baseline.Check(new Schema([Before.FieldsList[1]], null), Severity.Critical);
        Assert.Equal((VerdictOutcome.Fail, Severity.Critical, "id: Removed (Breaking), int64 -> nothing"), (broken.Outcome, broken.Severity, broken.Observed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"kind":"schema_baseline","version":9,"columns":[]}""")]
    [InlineData("""{"kind":"schema_baseline","version":1,"columns":[{"name":"x"}]}""")]
    [InlineData("""{"kind":"schema_baseline","version":1,"columns":{}}""")]
    public void What_is_no_baseline_is_refused(string json) => Assert.Throws<FormatException>(() => SchemaBaseline.Parse(json));
}
