using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>A rule of a suite resolved against a schema.</summary>
/// <param name="Entry">The rule as written.</param>
/// <param name="Rule">The rule, bound.</param>
/// <param name="Where">Its row filter, bound.</param>
/// <param name="Ordinals">The positions of its columns.</param>
internal sealed record BoundSuiteRule(SuiteRule Entry, BoundRule Rule, BoundExpression? Where, int[] Ordinals);
