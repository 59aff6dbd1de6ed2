using System.Globalization;
using System.Text;

namespace DataEngineX.BuildTool;

/// <summary>Writes eng/ci-budget.md from a finished run.</summary>
public static class Budget
{
    /// <summary>The page: seconds of each step, then count and seconds of each suite.</summary>
    /// <param name="suites">The suites of the run.</param>
    /// <param name="steps">Lines of "step TAB seconds".</param>
    public static string Render(IReadOnlyList<SuiteResult> suites, IReadOnlyList<string> steps)
    {
        var times = steps.Where(s => s.Length > 0).Select(s => s.Split('\t')).ToList();
        var total = times.Sum(t => int.Parse(t[1], CultureInfo.InvariantCulture));
        var page = new StringBuilder()
            .Append("# What a CI run costs\n\n")
            .Append("Written by `eng/update-ci-budget.sh` from the last `.ci/run` on 2 cores; not edited by hand. The limit is 1500 seconds.\n\n")
            .Append("| step | seconds |\n| --- | ---: |\n");
        foreach (var time in times)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {time[0]} | {time[1]} |\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"| all | {total} |\n\nSuites run side by side, so their seconds add up to more than the step's.\n\n");
        page.Append("| suite | tests | seconds |\n| --- | ---: | ---: |\n");
        foreach (var s in suites)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {s.Name} | {s.Passed + s.Failed + s.Skipped} | {s.Seconds:F1} |\n");
        }

        return page.ToString();
    }
}
