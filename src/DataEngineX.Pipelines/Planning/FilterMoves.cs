using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Moves conditions as far towards the sources as the nodes let them, each conjunct by itself, so that later operators see fewer rows.</summary>
internal static class FilterMoves
{
    public static PlanNode Apply(BoundNode root) => Rebuild(root, []);

    private static PlanNode Rebuild(BoundNode node, IReadOnlyList<Expr> conditions)
    {
        if (node.Node is FilterNode filter)
            return Rebuild(node.Inputs[0], [.. Conjuncts.Of(filter.Predicate), .. conditions]);
        var below = node.Inputs.Select(_ => new List<Expr>()).ToList();
        var kept = conditions.Where(c => !TryMove(node, c, below)).ToList();
        var rebuilt = node.Inputs.Count == 0 ? node.Node : node.Node.WithInputs([.. node.Inputs.Select((input, i) => Rebuild(input, below[i]))]);
        return kept.Count == 0 ? rebuilt : new FilterNode(rebuilt, Conjuncts.Join(kept));
    }

    private static bool TryMove(BoundNode node, Expr condition, List<List<Expr>> below)
    {
        var moved = node.Inputs.Select((_, i) => Moved(node, condition, i)).ToList();
        var passes = node.Node is UnionNode ? moved.TrueForAll(m => m is not null) : moved.Exists(m => m is not null);
        for (var i = 0; passes && i < moved.Count; i++)
        {
            if (moved[i] is { } rewritten)
                below[i].Add(rewritten);
        }

        return passes;
    }

    /// <summary>A condition on a computed column stays above it: below, the column would be computed twice.</summary>
    private static Expr? Moved(BoundNode node, Expr condition, int input) =>
        node.PushDown(condition, input) is { } moved && Size(moved) <= Size(condition) ? moved : null;

    private static int Size(Expr expression) => 1 + expression.Children.Sum(Size);
}
