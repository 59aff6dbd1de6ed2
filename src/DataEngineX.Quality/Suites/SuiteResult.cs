namespace DataEngineX.Quality;

/// <summary>What a suite found.</summary>
/// <param name="Verdicts">One verdict a rule, in the order of the rules.</param>
/// <param name="Stopping">Those by which the suite's gate keeps a run from publishing; empty when it publishes.</param>
/// <param name="Success">
/// Whether every rule passed, whatever its severity; a rule with nothing to check counts as passed only under <see cref="NothingToCheck.Pass"/>.
/// </param>
public sealed record SuiteResult(IReadOnlyList<Verdict> Verdicts, IReadOnlyList<Verdict> Stopping, bool Success);
