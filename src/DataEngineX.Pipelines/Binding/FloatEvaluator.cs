using System.Numerics;
using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>
/// A chain of float arithmetic, such as <c>(a - 32) * 5 / 9</c>, computed block by block: what lies between two operations stays in the first-level
/// cache and takes no buffer.
/// </summary>
internal abstract class FloatEvaluator<T> : Evaluator
    where T : unmanaged, IFloatingPoint<T>
{
    private const int BlockRows = 1024;

    private readonly Evaluator _left;
    private readonly Evaluator _right;
    private readonly List<Evaluator> _columns = [];
    private readonly int _depth;

    protected FloatEvaluator(Evaluator left, Evaluator right)
        : base(left.Type, left.IsNullable || right.IsNullable)
    {
        _left = left;
        _right = right;
        _depth = 1 + Math.Max(DepthOf(left), DepthOf(right));
        Collect(left);
        Collect(right);
    }

    public sealed override IArrowArray Evaluate(in EvaluationScope scope)
    {
        var arrays = new IArrowArray?[_columns.Count];
        OutputBuffer<ulong>? validity = null;
        try
        {
            for (var i = 0; i < arrays.Length; i++)
                arrays[i] = _columns[i].Evaluate(scope);
            validity = ValidityOf(arrays, scope);
            using var values = new OutputBuffer<T>(scope.Allocator, scope.Batch.Length);
            using var scratch = new Rented<T>(_depth * BlockRows);
            var target = values.Span;
            for (var start = 0; start < target.Length; start += BlockRows)
            {
                var column = 0;
                Compute(arrays, ref column, start, target.Slice(start, Math.Min(BlockRows, target.Length - start)), scratch.Span);
            }

            return Assemble.Fixed(Type, target.Length, validity, values);
        }
        finally
        {
            validity?.Dispose();
            foreach (var array in arrays)
                array?.Dispose();
        }
    }

    protected abstract void Apply(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target);

    protected abstract void Apply(ReadOnlySpan<T> left, T right, Span<T> target);

    protected abstract void Apply(T left, ReadOnlySpan<T> right, Span<T> target);

    private static int DepthOf(Evaluator value) => value is FloatEvaluator<T> chain ? chain._depth : 0;

    private static OutputBuffer<ulong>? ValidityOf(IArrowArray?[] arrays, in EvaluationScope scope)
    {
        OutputBuffer<ulong>? validity = null;
        foreach (var array in arrays)
        {
            if (array!.NullCount == 0)
                continue;
            var before = validity;
            validity = Validity.And(
                before is null ? Bits.Ones(array.Length) : Bits.Of(before.Span, array.Length), Bits.Validity(array.Data), scope.Allocator);
            before?.Dispose();
        }

        return validity;
    }

    private static ReadOnlySpan<T> Operand(Evaluator value, IArrowArray?[] arrays, ref int column, int start, Span<T> room, Span<T> scratch)
    {
        if (value is not FloatEvaluator<T> chain)
            return Columns.Values<T>(arrays[column++]!.Data).Slice(start, room.Length);
        chain.Compute(arrays, ref column, start, room, scratch);
        return room;
    }

    private void Collect(Evaluator value)
    {
        if (value is FloatEvaluator<T> chain)
            _columns.AddRange(chain._columns);
        else if (value is not ConstantEvaluator)
            _columns.Add(value);
    }

    /// <summary>One block into the target. Columns are met in the order in which they were collected.</summary>
    private void Compute(IArrowArray?[] arrays, ref int column, int start, Span<T> target, Span<T> scratch)
    {
        if (_left is ConstantEvaluator left)
        {
            Apply((T)left.Value!, Operand(_right, arrays, ref column, start, target, scratch), target);
            return;
        }

        var first = Operand(_left, arrays, ref column, start, target, scratch);
        if (_right is ConstantEvaluator right)
            Apply(first, (T)right.Value!, target);
        else
            Apply(first, Operand(_right, arrays, ref column, start, scratch[..target.Length], scratch[BlockRows..]), target);
    }
}

/// <summary>The chain's last operation.</summary>
internal sealed class FloatEvaluator<T, TOp>(Evaluator left, Evaluator right) : FloatEvaluator<T>(left, right)
    where T : unmanaged, IFloatingPoint<T>
    where TOp : struct, IFloatOp
{
    protected override void Apply(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target) => TOp.Arrays(left, right, target);

    protected override void Apply(ReadOnlySpan<T> left, T right, Span<T> target) => TOp.ScalarRight(left, right, target);

    protected override void Apply(T left, ReadOnlySpan<T> right, Span<T> target) => TOp.ScalarLeft(left, right, target);
}
