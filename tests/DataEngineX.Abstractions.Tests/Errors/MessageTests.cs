namespace DataEngineX.Abstractions.Tests.Errors;

public sealed class MessageTests
{
    [Fact]
    public void A_plan_error_names_pipeline_operator_and_column()
    {
        var error = new PlanException("there is no column 'x'.", column: "x").With("filter").With(pipeline: "weather.silver");
        Assert.Equal("Pipeline 'weather.silver', filter: there is no column 'x'.", error.Message);
        Assert.Equal("x", error.Column);
    }

    [Fact]
    public void A_stopped_gate_tells_its_verdicts()
    {
        var verdict = new Verdict { Rule = "between", Column = "temp_c", Outcome = VerdictOutcome.Fail, Checked = 10, Failed = 2 };
        Assert.Equal("Stopped before publication: between(temp_c) failed: 2 of 10 failed", new GateStoppedException([verdict]).Message);
    }

    [Fact]
    public void A_refused_input_tells_its_line() =>
        Assert.Equal("a.csv, line 3: cut off", new SourceRefusedException("a.csv", "cut off", 3).Message);

    [Fact]
    public void Only_faults_that_may_pass_are_transient()
    {
        Assert.True(new CommitConflictException(DatasetId.Table(Layer.Gold, "x"), "lost").IsTransient);
        Assert.False(new FencedException("x", 1, 2).IsTransient);
        Assert.False(new MemoryBudgetException(1, 2, 3).IsTransient);
    }
}
