namespace DataEngineX.BuildTool;

/// <summary>What one test project reported.</summary>
/// <param name="Name">The project's name.</param>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed, timed out or were aborted.</param>
/// <param name="Skipped">Tests that were not run.</param>
/// <param name="Seconds">From the suite's start to its end.</param>
/// <param name="Broken">The suite left no result, or ended without finishing.</param>
public sealed record SuiteResult(string Name, int Passed, int Failed, int Skipped, double Seconds, bool Broken)
{
    /// <summary>All tests of the suite passed, and there was one.</summary>
    public bool Good => !Broken && Failed == 0 && Skipped == 0 && Passed > 0;
}
