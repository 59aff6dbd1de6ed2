using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>The value of the first branch whose condition is true, else the last value.</summary>
internal sealed class CaseEvaluator(IArrowType type, IReadOnlyList<Evaluator> conditions, IReadOnlyList<Evaluator> values)
    : Evaluator(type, values.Any(v => v.IsNullable))
{
    public override IArrowArray Evaluate(in EvaluationScope scope)
    {
        var length = scope.Batch.Length;
        var words = Bits.WordsFor(length);
        using var rented = new Rented<ulong>(values.Count * words);
        var masks = rented.Span;
        var rest = masks[^words..];
        Validity.CopyTo(Bits.Ones(length), rest);
        for (var b = 0; b < conditions.Count; b++)
        {
            using var condition = Branches.Evaluate(conditions[b], scope, rest);
            Take(condition, length, rest, masks.Slice(b * words, words));
        }

        var arrays = new IArrowArray?[values.Count];
        try
        {
            var data = new ArrayData[values.Count];
            for (var b = 0; b < arrays.Length; b++)
                data[b] = (arrays[b] = Branches.Evaluate(values[b], scope, masks.Slice(b * words, words))).Data;
            return Chooser.Merge("Case", length, masks, data, scope.Allocator);
        }
        finally
        {
            foreach (var array in arrays)
                array?.Dispose();
        }
    }

    private static void Take(IArrowArray condition, int length, Span<ulong> rest, Span<ulong> taken)
    {
        if (condition.Length == length)
        {
            Nulls.Take(new TrueBits(condition.Data), rest, taken);
            return;
        }

        var isTrue = (new TrueBits(condition.Data).Word(0) & 1) != 0;
        Nulls.Take(isTrue ? Bits.Ones(length) : Bits.Zeros(length), rest, taken);
    }
}
