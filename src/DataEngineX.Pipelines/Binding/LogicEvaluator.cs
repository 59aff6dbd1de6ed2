using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Three-valued and / or of conditions. The right side is computed, and may fail, only for rows that the left side leaves open.</summary>
internal sealed class LogicEvaluator(Evaluator left, Evaluator right, bool isAnd)
    : Evaluator(BooleanType.Default, left.IsNullable || right.IsNullable)
{
    public override IArrowArray Evaluate(in EvaluationScope scope)
    {
        var first = (BooleanArray)left.Evaluate(scope);
        if (first.NullCount == 0 && Selection.CountTrue(first) == (isAnd ? 0 : first.Length))
            return first;
        using (first)
        {
            using var second = (BooleanArray)Right(first, scope);
            return isAnd ? Logic.And(first, second, scope.Allocator) : Logic.Or(first, second, scope.Allocator);
        }
    }

    private IArrowArray Right(BooleanArray first, in EvaluationScope scope)
    {
        try
        {
            return right.Evaluate(scope);
        }
        catch (Exception e) when (DataErrors.Is(e))
        {
            using var open = new Rented<ulong>(Bits.WordsFor(first.Length));
            var values = Bits.Values(first.Data);
            var validity = Bits.Validity(first.Data);
            var ones = Bits.Ones(first.Length);
            for (var w = 0; w < open.Span.Length; w++)
                open.Span[w] = (isAnd ? values.Word(w) : ~values.Word(w)) & ones.Word(w) | (~validity.Word(w) & ones.Word(w));
            return Branches.Evaluate(right, scope, open.Span);
        }
    }
}
