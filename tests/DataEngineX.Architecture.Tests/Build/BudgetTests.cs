using DataEngineX.BuildTool;

namespace DataEngineX.Architecture.Tests.Build;

public class BudgetTests
{
    [Fact]
    public void The_page_holds_every_step_and_suite_and_the_sum()
    {
        var page = Budget.Render([new SuiteResult("A.Tests", 3, 1, 0, 2.25, false)], ["build\t70", "test\t30"]);

        Assert.Contains("| build | 70 |\n| test | 30 |\n| all | 100 |\n", page, StringComparison.Ordinal);
        Assert.Contains("| A.Tests | 4 | 2.2 |\n", page, StringComparison.Ordinal);
    }
}
