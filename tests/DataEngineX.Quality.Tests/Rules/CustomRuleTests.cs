using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Plans;

namespace DataEngineX.Quality.Tests.Rules;

public class CustomRuleTests
{
    /// <summary>A rule as a user writes it: values are a multiple of a number.</summary>
    private sealed class MultipleOfRule(string column, long number) : Rule
    {
        public override string Name => "multiple_of";

        public override IReadOnlyList<string> Columns => [column];

        public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("number", number)];

        public override string Expectation => $"{column} is a multiple of {number}";

        public override BoundRule Bind(BindContext context, Schema schema)
        {
            var ordinal = Ordinal(schema, column);
            if (schema.GetFieldByIndex(ordinal).DataType is not Int64Type)
                throw Unfit(column, "it must be int64.");
            return BoundRule.PerRow((batch, marks) =>
            {
                batch.SkipMissing(ordinal, marks);
                var values = ((Int64Array)batch.Column(ordinal)).Values;
                for (var i = 0; i < marks.Length; i++)
                {
                    if (marks[i] == RowMark.Holds && values[i] % number != 0)
                        marks[i] = RowMark.Violates;
                }
            });
        }
    }

    /// <summary>A rule with a state: values never fall.</summary>
    private sealed class IncreasingRule(string column) : Rule
    {
        public override string Name => "increasing";

        public override IReadOnlyList<string> Columns => [column];

        public override string Expectation => $"{column} never falls";

        public override BoundRule Bind(BindContext context, Schema schema) => new Bound(Ordinal(schema, column));

        private sealed class Bound(int ordinal) : BoundRule
        {
            public override RuleState CreateState(RuleContext context) => new State(ordinal);
        }

        private sealed class State(int ordinal) : RuleState
        {
            private long _last = long.MinValue;

            public override void Update(RuleBatch batch, Span<RowMark> marks)
            {
                batch.SkipMissing(ordinal, marks);
                var values = ((Int64Array)batch.Column(ordinal)).Values;
                for (var i = 0; i < marks.Length; i++)
                {
                    if (marks[i] != RowMark.Holds)
                        continue;
                    if (values[i] < _last)
                        marks[i] = RowMark.Violates;
                    _last = values[i];
                }
            }
        }
    }

    /// <summary>A rule on an aggregate: the sum of a column is at most a number.</summary>
    private sealed class SumAtMostRule(string column, long most) : Rule
    {
        public override string Name => "sum";

        public override IReadOnlyList<string> Columns => [column];

        public override string Expectation => $"the sum of {column} is at most {most}";

        public override BoundRule Bind(BindContext context, Schema schema) => new Bound(Ordinal(schema, column), most);

        private sealed class Bound(int ordinal, long most) : BoundRule
        {
            public override bool MarksRows => false;

            public override RuleState CreateState(RuleContext context) => new State(ordinal, most);
        }

        private sealed class State(int ordinal, long most) : RuleState
        {
            private long _sum;
            private long _rows;

            public override void Update(RuleBatch batch, Span<RowMark> marks)
            {
                batch.SkipMissing(ordinal, marks);
                for (var i = 0; i < marks.Length; i++)
                {
                    if (marks[i] != RowMark.Holds)
                        continue;
                    _sum += ((Int64Array)batch.Column(ordinal)).Values[i];
                    _rows++;
                }
            }

            public override Verdict Finish(Verdict counted) => _rows == 0
                ? counted
                : counted with { Outcome = _sum <= most ? VerdictOutcome.Pass : VerdictOutcome.Fail, Checked = 1, Failed = _sum <= most ? 0 : 1, Observed = $"{_sum}" };
        }
    }

    private sealed class ThrowingRule(string column, string where) : Rule
    {
        public override string Name => "throwing";

        public override IReadOnlyList<string> Columns => [column];

        public override string Expectation => "nothing is thrown";

        public override BoundRule Bind(BindContext context, Schema schema) => new Bound(where);

        private sealed class Bound(string where) : BoundRule
        {
            public override bool NeedsAllRows => where == "revisit";

            public override RuleState CreateState(RuleContext context) =>
                where == "create" ? throw new InvalidOperationException("no state") : new State(where, context);
        }

        private sealed class State(string where, RuleContext context) : RuleState
        {
            private readonly IDisposable _memory = context.Allocator.Allocate(64);

            public override void Update(RuleBatch batch, Span<RowMark> marks)
            {
                marks.Fill(RowMark.Violates);
                // The fourth row of the stream is where it breaks, in whatever batch it comes.
                if (where == "update" && batch.FirstRow + batch.Length > 3)
                    throw new FormatException("bad row");
                if (where == "budget")
                    throw new MemoryBudgetException(1, 2, 3);
            }

            public override void Revisit(RuleBatch batch, Span<RowMark> marks) => throw new FormatException("bad row");

            public override Verdict Finish(Verdict counted) => where == "finish" ? throw new FormatException("bad end") : counted;

            protected override void Dispose(bool disposing)
            {
                _memory.Dispose();
                base.Dispose(disposing);
            }
        }
    }

    [Fact]
    public void A_rule_of_ones_own_gets_counts_samples_tolerance_filter_and_canonical_text()
    {
        var rule = new MultipleOfRule("x", 5);
        Assert.Equal("(multiple_of [\"x\"] number=5)", rule.Canonical);
        var verdict = Suites.Verdict(Rows.Longs("x", 5, 7, null, 10), q => q.Add(rule).Mostly(0.6).Critical());
        Assert.Equal(VerdictOutcome.Pass, verdict.Outcome);
        Assert.Equal((3, 1, Severity.Critical), (verdict.Checked, verdict.Failed, verdict.Severity));
        Assert.Equal(new VerdictSample(1, "7") { Json = "7" }, Assert.Single(verdict.Samples));
        Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Doubles("x", 1), q => q.Add(rule)));
    }

    [Fact]
    public async Task A_rule_of_ones_own_sets_rows_aside()
    {
        var run = await GateRun.RunAsync(
            new QualityBuilder().Add(new MultipleOfRule("x", 5)).OnFailure(Gate.Quarantine).Build(), Rows.Longs("x", 5, 7, null, 10));
        var row = Assert.Single(run.Quarantine.SelectMany(Rows.Read));
        Assert.Equal(("multiple_of", "x", "7"), (row["rule"], row["column"], row["value"]));
        Assert.Equal("Expected that x is a multiple of 5.", row["reason"]);
        run.Release();
    }

    [Fact]
    public async Task A_state_carries_over_batches_and_is_not_asked_twice_where_rows_are_held()
    {
        Assert.Equal([2, 5], Suites.Failing(Suites.Verdict(Rows.Longs("x", 1, 5, 3, null, 4, 2), q => q.Add(new IncreasingRule("x")))));
        var suite = new QualityBuilder().Add(new IncreasingRule("x")).Unique("x").OnFailure(Gate.Quarantine).Build();
        var run = await GateRun.RunAsync(suite, Rows.Longs("x", 1, 5, 3, null, 4, 2), 2);
        Assert.Equal(["3", "2"], run.Quarantine.SelectMany(Rows.Read).Select(r => r["value"]));
        run.Release();
    }

    [Fact]
    public void A_rule_on_an_aggregate_observes_and_marks_nothing()
    {
        var verdict = Suites.Verdict(Rows.Longs("x", 1, 2, null), q => q.Add(new SumAtMostRule("x", 2)));
        Assert.Equal((VerdictOutcome.Fail, "3", 1, 1), (verdict.Outcome, verdict.Observed, verdict.Checked, verdict.Failed));
        Assert.Empty(verdict.Samples);
        Assert.Equal(VerdictOutcome.NotEvaluated, Suites.Verdict(Rows.Longs("x", null, null), q => q.Add(new SumAtMostRule("x", 2))).Outcome);
    }

    [Theory]
    [InlineData("create", "InvalidOperationException: no state")]
    [InlineData("update", "FormatException: bad row")]
    [InlineData("finish", "FormatException: bad end")]
    public void A_rule_that_throws_is_an_error_of_its_own(string where, string message)
    {
        var result = Suites.Check(Rows.Longs("x", 1, null, 3, 4), q => q.NotNull("x").Add(new ThrowingRule("x", where)).RowCount(4));
        Assert.Equal([VerdictOutcome.Fail, VerdictOutcome.Error, VerdictOutcome.Pass], result.Verdicts.Select(v => v.Outcome));
        Assert.Equal(message, result.Verdicts[1].Message);
        Assert.Equal((0, 0), (result.Verdicts[1].Checked, result.Verdicts[1].Failed));
        Assert.Empty(result.Verdicts[1].Samples);
        Assert.Equal([1], Suites.Failing(result.Verdicts[0]));
        Assert.False(result.Success);
    }

    [Fact]
    public async Task A_rule_that_throws_when_rows_are_looked_at_again_stops_the_gate()
    {
        var run = await GateRun.RunAsync(
            new QualityBuilder().Add(new ThrowingRule("x", "revisit")).NotNull("x").OnFailure(Gate.Quarantine).Build(), Rows.Longs("x", 1, null, 3), 2);
        Assert.Equal("throwing", Assert.Single(run.Stopped!.Verdicts).Rule);
        Assert.Equal([VerdictOutcome.Error, VerdictOutcome.Fail], run.Verdicts.Select(v => v.Outcome));
        Assert.Empty(run.Output);
        run.Release();
        Assert.Equal(0, run.Allocator.HeldBytes);
    }

    [Fact]
    public async Task A_memory_budget_that_is_used_up_fails_the_run_and_not_the_rule() => await Assert.ThrowsAsync<MemoryBudgetException>(
        () => GateRun.RunAsync(new QualityBuilder().Add(new ThrowingRule("x", "budget")).Build(), Rows.Longs("x", 1)));
}
