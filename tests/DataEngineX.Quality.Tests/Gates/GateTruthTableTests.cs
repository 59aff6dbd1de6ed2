using Apache.Arrow;

namespace DataEngineX.Quality.Tests.Gates;

public class GateTruthTableTests
{
    public static TheoryData<Gate, Severity, string> Cells()
    {
        var cells = new TheoryData<Gate, Severity, string>();
        foreach (var gate in Enum.GetValues<Gate>())
        {
            foreach (var severity in Enum.GetValues<Severity>())
            {
                foreach (var outcome in new[] { "pass", "fail rows", "fail table", "error", "nothing" })
                    cells.Add(gate, severity, outcome);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_gate_stops_as_its_table_says(Gate gate, Severity severity, string outcome)
    {
        var builder = outcome switch
        {
            "pass" => new QualityBuilder().NotNull("x"),
            "fail rows" => new QualityBuilder().AtMost("x", 1),
            "fail table" => new QualityBuilder().RowCount(10),
            "error" => new QualityBuilder().Add(new BrokenRule()),
            _ => new QualityBuilder().AtMost("y", 1),
        };
        var batch = Rows.Of(
            ("x", Apache.Arrow.Types.Int64Type.Default, [1L, 2L]), ("y", Apache.Arrow.Types.Int64Type.Default, [null, null]));
        var run = await GateRun.RunAsync(builder.As(severity).OnFailure(gate).Build(), batch);

        var stops = (gate, severity, outcome) switch
        {
            (_, _, "pass") => false,
            (_, Severity.Critical, _) => true,
            (_, Severity.Info or Severity.Warning, _) => false,
            (Gate.Warn, _, _) => false,
            (Gate.Quarantine, _, "fail rows") => false,
            _ => true,
        };
        Assert.Equal(stops, run.Stopped is not null);
        Assert.Single(run.Verdicts);
        if (stops)
            Assert.Equal(run.Verdicts, run.Stopped!.Verdicts);

        // Whatever is stopped: only a quarantine takes rows out, and it takes exactly those that violate a rule.
        var setAside = gate == Gate.Quarantine && outcome == "fail rows" ? 1 : 0;
        Assert.Equal(setAside, run.Quarantine.Sum(b => b.Length));
        Assert.Equal(2 - setAside, run.Output.Sum(b => b.Length));
        Assert.True(run.Rows.IsBalanced);
        run.Release();
    }

    [Theory]
    [InlineData(NothingToCheck.NotEvaluated, VerdictOutcome.NotEvaluated, true, false)]
    [InlineData(NothingToCheck.Pass, VerdictOutcome.NotEvaluated, false, true)]
    [InlineData(NothingToCheck.Fail, VerdictOutcome.Fail, true, false)]
    public async Task Nothing_to_check_means_what_the_suite_says(NothingToCheck meaning, VerdictOutcome outcome, bool stops, bool success)
    {
        var suite = new QualityBuilder().AtMost("x", 1).OnFailure(Gate.Quarantine).WhenNothingToCheck(meaning).Build();
        var run = await GateRun.RunAsync(suite, Rows.Longs("x", null, null));
        Assert.Equal(outcome, Assert.Single(run.Verdicts).Outcome);
        Assert.Equal(stops, run.Stopped is not null);
        Assert.Equal(success, Suites.Check(Rows.Longs("x", null, null), q => q.AtMost("x", 1).WhenNothingToCheck(meaning)).Success);
        run.Release();
    }

    [Fact]
    public async Task Mostly_decides_the_verdict_and_the_quarantine_sets_rows_aside_all_the_same()
    {
        var run = await GateRun.RunAsync(
            new QualityBuilder().AtMost("x", 1).Mostly(0.5).Critical().OnFailure(Gate.Quarantine).Build(), Rows.Longs("x", 1, 2));
        Assert.Equal(VerdictOutcome.Pass, Assert.Single(run.Verdicts).Outcome);
        Assert.Null(run.Stopped);
        Assert.Equal("2", Assert.Single(run.Quarantine.SelectMany(Rows.Read))["value"]);
        run.Release();
    }

    private sealed class BrokenRule : Rule
    {
        public override string Name => "broken";

        public override string Expectation => "nothing is thrown";

        public override BoundRule Bind(Plans.BindContext context, Schema schema) =>
            BoundRule.PerRow((_, _) => throw new InvalidOperationException("broken"));
    }
}
