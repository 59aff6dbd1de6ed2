using System.Globalization;
using System.Xml.Linq;

namespace DataEngineX.BuildTool;

/// <summary>Reads the .trx files of a run: RESULTS/SUITE/SUITE.trx.</summary>
public static class TestSummary
{
    private static readonly XNamespace Ns = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>One result for each suite asked for; a suite without a file is broken.</summary>
    public static IReadOnlyList<SuiteResult> Read(string results, IEnumerable<string> suites) =>
        [.. suites.Select(suite => ReadSuite(Path.Combine(results, suite, suite + ".trx"), suite))];

    /// <summary>The sum over all suites, as one line.</summary>
    public static string ClosingLine(IReadOnlyList<SuiteResult> suites) => string.Create(
        CultureInfo.InvariantCulture,
        $"{suites.Sum(s => s.Passed)} passed, {suites.Sum(s => s.Failed)} failed, {suites.Sum(s => s.Skipped)} skipped");

    /// <summary>Prints a line for each suite; true when every one is good.</summary>
    public static bool Print(IReadOnlyList<SuiteResult> suites, TextWriter output)
    {
        foreach (var s in suites)
        {
            var note = s.Broken ? "  BROKEN: no result, or not run to its end"
                : s.Failed > 0 ? "  FAILED"
                : s.Skipped > 0 ? "  SKIPPED TESTS"
                : s.Passed == 0 ? "  NO TEST"
                : "";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{s.Name,-36} {s.Passed,5} passed {s.Failed,4} failed {s.Skipped,4} skipped {s.Seconds,7:F1} s{note}"));
        }

        return suites.Count > 0 && suites.All(s => s.Good);
    }

    private static SuiteResult ReadSuite(string file, string name)
    {
        if (!File.Exists(file))
        {
            return new SuiteResult(name, 0, 0, 0, 0, Broken: true);
        }

        var run = XDocument.Load(file).Root!;
        var outcomes = run.Descendants(Ns + "UnitTestResult").Select(r => (string?)r.Attribute("outcome") ?? "").ToList();
        var passed = outcomes.Count(o => o == "Passed");
        var skipped = outcomes.Count(o => o is "NotExecuted" or "Inconclusive" or "Pending");
        var failed = outcomes.Count - passed - skipped;
        var times = run.Element(Ns + "Times");
        var seconds = times is null
            ? 0
            : ((DateTimeOffset)times.Attribute("finish")! - (DateTimeOffset)times.Attribute("start")!).TotalSeconds;

        // A crashed or aborted test process leaves the tests it had finished and an outcome that says so.
        var outcome = (string?)run.Element(Ns + "ResultSummary")?.Attribute("outcome");
        return new SuiteResult(name, passed, failed, skipped, seconds, Broken: outcome != "Completed" && failed == 0);
    }
}
