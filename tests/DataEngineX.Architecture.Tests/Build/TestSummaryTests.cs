using DataEngineX.BuildTool;

namespace DataEngineX.Architecture.Tests.Build;

public sealed class TestSummaryTests : IDisposable
{
    private readonly string _results = Directory.CreateTempSubdirectory("dex-summary").FullName;

    public void Dispose() => Directory.Delete(_results, recursive: true);

    [Fact]
    public void Results_of_all_suites_add_up()
    {
        Write("A", "Completed", "Passed", "Passed");
        Write("B", "Completed", "Passed");

        var suites = TestSummary.Read(_results, ["A", "B"]);

        Assert.Equal("3 passed, 0 failed, 0 skipped", TestSummary.ClosingLine(suites));
        Assert.True(TestSummary.Print(suites, TextWriter.Null));
        Assert.Equal(2.5, suites[0].Seconds);
    }

    [Theory]
    [InlineData("Failed", "1 passed, 1 failed, 0 skipped")]
    [InlineData("Timeout", "1 passed, 1 failed, 0 skipped")]
    [InlineData("NotExecuted", "1 passed, 0 failed, 1 skipped")]
    public void A_failed_or_skipped_test_fails_the_run(string outcome, string line)
    {
        Write("A", outcome == "NotExecuted" ? "Completed" : "Failed", "Passed", outcome);

        var suites = TestSummary.Read(_results, ["A"]);

        Assert.Equal(line, TestSummary.ClosingLine(suites));
        Assert.False(TestSummary.Print(suites, TextWriter.Null));
    }

    [Fact]
    public void A_suite_without_a_result_fails_the_run()
    {
        Write("A", "Completed", "Passed");

        Assert.False(TestSummary.Print(TestSummary.Read(_results, ["A", "Missing"]), TextWriter.Null));
    }

    [Fact]
    public void A_suite_without_a_test_fails_the_run()
    {
        Write("A", "Completed");

        Assert.False(TestSummary.Print(TestSummary.Read(_results, ["A"]), TextWriter.Null));
    }

    [Fact]
    public void A_suite_that_crashed_after_passing_tests_fails_the_run()
    {
        Write("A", "Failed", "Passed");

        Assert.False(TestSummary.Print(TestSummary.Read(_results, ["A"]), TextWriter.Null));
    }

    private void Write(string suite, string summary, params string[] outcomes)
    {
        var tests = string.Concat(outcomes.Select(o => $"""<UnitTestResult testName="t" outcome="{o}" />"""));
        Directory.CreateDirectory(Path.Combine(_results, suite));
        File.WriteAllText(
            Path.Combine(_results, suite, suite + ".trx"),
            $"""
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Times start="2015-01-01T00:00:00+00:00" finish="2015-01-01T00:00:02.5+00:00" />
              <Results>{tests}</Results>
              <ResultSummary outcome="{summary}" />
            </TestRun>
            """);
    }
}
