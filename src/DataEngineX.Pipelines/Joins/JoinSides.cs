namespace DataEngineX.Pipelines;

/// <summary>Decides which side of a join is held.</summary>
internal static class JoinSides
{
    /// <summary>The smaller side, where sizes are known; the right one otherwise, also when there is little between them, because then the
    /// order of the left side is kept.</summary>
    /// <param name="join">The join.</param>
    /// <param name="leftRows">About how many rows the left side has, or null.</param>
    /// <param name="rightRows">About how many rows the right side has, or null.</param>
    public static JoinSide Choose(BoundJoin join, long? leftRows, long? rightRows)
    {
        // A semi or anti join that holds the left side must remember which of its rows were met, and yields none before the end.
        var factor = ((JoinNode)join.Node).Kind is JoinKind.Semi or JoinKind.Anti ? 4 : 2;
        return leftRows < rightRows / factor ? JoinSide.Left : JoinSide.Right;
    }
}
