namespace DataEngineX.Benchmarks.Compare.Answers;

/// <summary>How results are compared.</summary>
/// <param name="ExactDoubles">Doubles are passed through rather than computed, so they are equal to the last bit.</param>
/// <param name="OrderedBy">Positions of the columns whose values must stand in the same order in every answer; none when rows have no order.</param>
internal sealed record AnswerShape(bool ExactDoubles = false, params IReadOnlyList<int> OrderedBy)
{
    public static AnswerShape Default { get; } = new();
}
