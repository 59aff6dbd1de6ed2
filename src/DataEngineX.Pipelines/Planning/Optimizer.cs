using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Rewrites a plan into one that gives the same rows with less work.</summary>
internal static class Optimizer
{
    /// <summary>The plan as it is run, bound.</summary>
    /// <param name="described">The plan as described, bound.</param>
    /// <param name="binder">Binds after each step.</param>
    /// <param name="sizes">What the sources say of their size.</param>
    public static BoundNode Optimize(BoundNode described, Binder binder, IReadOnlyDictionary<BatchSource, SourceSize> sizes)
    {
        var moved = binder.Bind(FilterMoves.Apply(described));
        var pruned = binder.Bind(ColumnPruning.Apply(moved));
        var hinted = binder.Bind(ScanHints.Apply(pruned, sizes));
        var sided = binder.Bind(JoinSides.Apply(hinted));
        return binder.Bind(TextDictionaries.Apply(sided, sizes));
    }
}
