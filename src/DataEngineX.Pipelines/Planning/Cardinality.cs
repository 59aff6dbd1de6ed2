using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Guesses how many rows a node yields, from what the sources say. Good enough to choose a side of a join by.</summary>
internal static class Cardinality
{
    /// <summary>A condition is guessed to keep one row of so many.</summary>
    private const int FilterKeepsOneOf = 4;

    /// <summary>Groups are guessed to hold so many rows.</summary>
    private const int RowsInGroup = 10;

    /// <summary>Lists are guessed to hold so many items.</summary>
    private const int ItemsInList = 4;

    public static long? Estimate(BoundNode node)
    {
        var inputs = node.Inputs.Select(Estimate).ToList();
        return (node, node.Node) switch
        {
            (BoundScan scan, _) => scan.Scan.Size.Rows,
            (_, FilterNode) => inputs[0] / FilterKeepsOneOf,
            (_, LimitNode limit) => Math.Min(limit.Rows, inputs[0] ?? limit.Rows),
            (_, SkipNode skip) => inputs[0] is { } rows ? Math.Max(0, rows - skip.Rows) : null,
            (_, SampleNode sample) => (long?)(inputs[0] * sample.Fraction),
            (_, SampleRowsNode sample) => Math.Min(sample.Rows, inputs[0] ?? sample.Rows),
            (_, UnpivotNode unpivot) => inputs[0] * unpivot.Values.Count,
            (_, ExplodeNode) => inputs[0] * ItemsInList,
            (_, GroupByNode group) => group.Keys.Count == 0 ? 1 : inputs[0] / RowsInGroup,
            (_, UnionNode) => inputs.Sum(),
            (_, JoinNode) => inputs.Max(),
            _ => inputs.Count == 1 ? inputs[0] : null,
        };
    }
}
