using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Evaluates what only some rows ask for.</summary>
internal static class Branches
{
    /// <summary>
    /// The rows of a batch for which a mask is set; others may hold anything. Literals are one row. A value that fails is an error only if its row
    /// is asked for: all rows are computed at once, and only after a failure those alone, so that what does not fail costs nothing.
    /// </summary>
    public static IArrowArray Evaluate(Evaluator branch, in EvaluationScope scope, ReadOnlySpan<ulong> mask)
    {
        if (branch is ConstantEvaluator constant)
            return Constants.Create(branch.Type, constant.Value, 1, scope.Allocator);
        if (!mask.ContainsAnyExcept(0UL))
            return Constants.Nulls(branch.Type, 1, scope.Allocator);
        try
        {
            return branch.Evaluate(scope);
        }
        catch (Exception e) when (DataErrors.Is(e))
        {
            return EvaluateSome(branch, scope, mask);
        }
    }

    private static IArrowArray EvaluateSome(Evaluator branch, in EvaluationScope scope, ReadOnlySpan<ulong> mask)
    {
        var length = scope.Batch.Length;
        using var places = new Rented<int>(length);
        places.Span.Fill(-1);
        using var rows = new Rented<int>(length);
        var count = 0;
        foreach (var row in new SetBits(mask))
        {
            places.Span[row] = count;
            rows.Span[count++] = row;
        }

        if (count == length)
            return branch.Evaluate(scope);
        using var some = Selection.Take(scope.Batch, rows.Span[..count], scope.Allocator);
        using var values = branch.Evaluate(scope with { Batch = some });
        return Selection.Take(values, places.Span, scope.Allocator);
    }
}
