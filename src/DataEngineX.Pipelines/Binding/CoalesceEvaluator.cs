using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>The first value that is not null. A value is computed only while there are rows without one.</summary>
internal sealed class CoalesceEvaluator(IArrowType type, IReadOnlyList<Evaluator> values) : Evaluator(type, values.All(v => v.IsNullable))
{
    public override IArrowArray Evaluate(in EvaluationScope scope)
    {
        var length = scope.Batch.Length;
        var first = values[0].Evaluate(scope);
        if (first.NullCount == 0)
            return first;
        var words = Bits.WordsFor(length);
        using var rented = new Rented<ulong>(values.Count * words);
        var masks = rented.Span;
        using var open = new Rented<ulong>(words);
        var rest = open.Span;
        Validity.CopyTo(Bits.Ones(length), rest);
        var arrays = new IArrowArray?[values.Count];
        try
        {
            var data = new ArrayData[values.Count];
            for (var b = 0; b < arrays.Length; b++)
            {
                arrays[b] = b == 0 ? first : Branches.Evaluate(values[b], scope, rest);
                data[b] = arrays[b]!.Data;
                var valid = Bits.Validity(data[b]);
                var asked = valid.Length == length ? valid : valid[0] ? Bits.Ones(length) : Bits.Zeros(length);
                Nulls.Take(asked, rest, masks.Slice(b * words, words));
            }

            // What no value has is null in the last one too.
            var last = masks[^words..];
            for (var w = 0; w < words; w++)
                last[w] |= rest[w];
            return Chooser.Merge("Coalesce", length, masks, data, scope.Allocator);
        }
        finally
        {
            foreach (var array in arrays)
                array?.Dispose();
        }
    }
}
