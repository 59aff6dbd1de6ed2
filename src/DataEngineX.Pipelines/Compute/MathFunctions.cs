using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Functions on double columns; null stays null, and what has no real result is NaN as IEEE 754 says.</summary>
[Experimental("DEX0001")]
public static class MathFunctions
{
    private delegate void SpanFunction(ReadOnlySpan<double> source, Span<double> target);

    /// <summary>Computes a function of every row.</summary>
    /// <param name="function">The function.</param>
    /// <param name="array">The column, borrowed.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One double a row, owned by the caller.</returns>
    public static DoubleArray Apply(MathFunction function, DoubleArray array, MemoryAllocator allocator) => function switch
    {
        // Exact in every vector width; the others go row by row, see IMathOp.
        MathFunction.Floor => Whole(array, TensorPrimitives.Floor, allocator),
        MathFunction.Ceiling => Whole(array, TensorPrimitives.Ceiling, allocator),
        MathFunction.Truncate => Whole(array, TensorPrimitives.Truncate, allocator),
        MathFunction.Sqrt => Whole(array, TensorPrimitives.Sqrt, allocator),
        MathFunction.Cbrt => Each(array, default(CbrtOp), allocator),
        MathFunction.Exp => Each(array, default(ExpOp), allocator),
        MathFunction.Log => Each(array, default(LogOp), allocator),
        MathFunction.Log10 => Each(array, default(Log10Op), allocator),
        MathFunction.Log2 => Each(array, default(Log2Op), allocator),
        MathFunction.Sin => Each(array, default(SinOp), allocator),
        MathFunction.Cos => Each(array, default(CosOp), allocator),
        MathFunction.Tan => Each(array, default(TanOp), allocator),
        MathFunction.Asin => Each(array, default(AsinOp), allocator),
        MathFunction.Acos => Each(array, default(AcosOp), allocator),
        MathFunction.Atan => Each(array, default(AtanOp), allocator),
        MathFunction.Sinh => Each(array, default(SinhOp), allocator),
        MathFunction.Cosh => Each(array, default(CoshOp), allocator),
        MathFunction.Tanh => Each(array, default(TanhOp), allocator),
        MathFunction.Degrees => Each(array, default(DegreesOp), allocator),
        MathFunction.Radians => Each(array, default(RadiansOp), allocator),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function."),
    };

    /// <summary>Rounds to a number of decimal places.</summary>
    /// <param name="array">The column, borrowed.</param>
    /// <param name="digits">Decimal places, 0 to 15.</param>
    /// <param name="mode">What becomes of halves.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One double a row, owned by the caller.</returns>
    public static DoubleArray Round(DoubleArray array, int digits, MidpointRounding mode, MemoryAllocator allocator)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(digits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, 15);
        return Each(array, new RoundOp(digits, mode), allocator);
    }

    /// <summary>Raises each row to its own power; null where either is null.</summary>
    /// <param name="array">The bases, borrowed.</param>
    /// <param name="exponents">The exponents, borrowed, of the same length.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One double a row, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static DoubleArray Pow(DoubleArray array, DoubleArray exponents, MemoryAllocator allocator) =>
        Pair(nameof(Pow), array, exponents, default(PowOp), allocator);

    /// <summary>Raises to a power.</summary>
    /// <param name="array">The bases, borrowed.</param>
    /// <param name="exponent">The one exponent.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One double a row, owned by the caller.</returns>
    public static DoubleArray Pow(DoubleArray array, double exponent, MemoryAllocator allocator) =>
        Each(array, new PowerOp(exponent), allocator);

    /// <summary>The angle in radians of each point; null where either coordinate is null.</summary>
    /// <param name="y">The ordinates, borrowed.</param>
    /// <param name="x">The abscissas, borrowed, of the same length.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One double a row, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static DoubleArray Atan2(DoubleArray y, DoubleArray x, MemoryAllocator allocator) => Pair(nameof(Atan2), y, x, default(Atan2Op), allocator);

    private static DoubleArray Pair<TOp>(string kernel, DoubleArray left, DoubleArray right, TOp op, MemoryAllocator allocator)
        where TOp : struct, IMathPairOp
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(allocator);
        Guard.SameLength(kernel, left.Length, right.Length);
        using OutputBuffer<ulong>? validity = Validity.And(Bits.Validity(left.Data), Bits.Validity(right.Data), allocator);
        using var values = new OutputBuffer<double>(allocator, left.Length);
        ReadOnlySpan<double> l = Columns.Values<double>(left.Data);
        ReadOnlySpan<double> r = Columns.Values<double>(right.Data);
        Span<double> target = values.Span;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = op.Invoke(l[i], r[i]);
        }

        return (DoubleArray)Assemble.Fixed(left.Data.DataType, left.Length, validity, values);
    }

    private static DoubleArray Whole(DoubleArray array, SpanFunction function, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(array.Data), allocator);
        using var values = new OutputBuffer<double>(allocator, array.Length);
        function(Columns.Values<double>(array.Data), values.Span);
        return (DoubleArray)Assemble.Fixed(array.Data.DataType, array.Length, validity, values);
    }

    private static DoubleArray Each<TOp>(DoubleArray array, TOp op, MemoryAllocator allocator)
        where TOp : struct, IMathOp
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(array.Data), allocator);
        using var values = new OutputBuffer<double>(allocator, array.Length);
        ReadOnlySpan<double> source = Columns.Values<double>(array.Data);
        Span<double> target = values.Span;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = op.Invoke(source[i]);
        }

        return (DoubleArray)Assemble.Fixed(array.Data.DataType, array.Length, validity, values);
    }
}
