using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Decides which side of each join is held: the smaller one, where sizes are known.</summary>
internal static class JoinSides
{
    /// <summary>Below so many rows it does not matter, and holding the right side keeps the order of the left one.</summary>
    private const long RowsWorthChoosing = 100_000;

    /// <summary>The plan with a side chosen for each join that has none.</summary>
    public static PlanNode Apply(BoundNode node)
    {
        if (node.Inputs.Count == 0)
            return node.Node;
        var rebuilt = node.Node.WithInputs([.. node.Inputs.Select(Apply)]);
        return rebuilt is JoinNode { BuildSide: null } join
            ? join.With(Choose(join.Kind, Cardinality.Estimate(node.Inputs[0]), Cardinality.Estimate(node.Inputs[1])))
            : rebuilt;
    }

    private static JoinSide Choose(JoinKind kind, long? leftRows, long? rightRows)
    {
        // A semi or anti join that holds the left side must remember which of its rows were met, and yields none before the end.
        var factor = kind is JoinKind.Semi or JoinKind.Anti ? 4 : 2;
        return rightRows > RowsWorthChoosing && leftRows < rightRows / factor ? JoinSide.Left : JoinSide.Right;
    }
}
