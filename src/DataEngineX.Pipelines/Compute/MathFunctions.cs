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

    /// <summary>The absolute value.</summary>
    /// <param name="array">The column, borrowed.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One double a row, owned by the caller.</returns>
    public static DoubleArray Abs(DoubleArray array, MemoryAllocator allocator) => Apply(array, TensorPrimitives.Abs, allocator);

    /// <summary>The greatest whole number that is not above the value.</summary>
    /// <inheritdoc cref="Abs"/>
    public static DoubleArray Floor(DoubleArray array, MemoryAllocator allocator) => Apply(array, TensorPrimitives.Floor, allocator);

    /// <summary>The least whole number that is not below the value.</summary>
    /// <inheritdoc cref="Abs"/>
    public static DoubleArray Ceiling(DoubleArray array, MemoryAllocator allocator) => Apply(array, TensorPrimitives.Ceiling, allocator);

    /// <summary>The square root.</summary>
    /// <inheritdoc cref="Abs"/>
    public static DoubleArray Sqrt(DoubleArray array, MemoryAllocator allocator) => Apply(array, TensorPrimitives.Sqrt, allocator);

    /// <summary>The sine of radians.</summary>
    /// <inheritdoc cref="Abs"/>
    public static DoubleArray Sin(DoubleArray array, MemoryAllocator allocator) => Each(array, default(SinOp), allocator);

    /// <summary>The cosine of radians.</summary>
    /// <inheritdoc cref="Abs"/>
    public static DoubleArray Cos(DoubleArray array, MemoryAllocator allocator) => Each(array, default(CosOp), allocator);

    /// <summary>The natural exponential.</summary>
    /// <inheritdoc cref="Abs"/>
    public static DoubleArray Exp(DoubleArray array, MemoryAllocator allocator) => Each(array, default(ExpOp), allocator);

    /// <summary>The natural logarithm; minus infinity for zero, NaN below.</summary>
    /// <inheritdoc cref="Abs"/>
    public static DoubleArray Log(DoubleArray array, MemoryAllocator allocator) => Each(array, default(LogOp), allocator);

    /// <summary>Rounds to a number of decimal places, halves away from zero as in SQL.</summary>
    /// <param name="array">The column, borrowed.</param>
    /// <param name="digits">Decimal places, 0 to 15.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One double a row, owned by the caller.</returns>
    public static DoubleArray Round(DoubleArray array, int digits, MemoryAllocator allocator)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(digits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, 15);
        return Each(array, new RoundOp(digits), allocator);
    }

    /// <summary>Raises to a power.</summary>
    /// <param name="array">The bases, borrowed.</param>
    /// <param name="exponent">The one exponent.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One double a row, owned by the caller.</returns>
    public static DoubleArray Pow(DoubleArray array, double exponent, MemoryAllocator allocator) =>
        Each(array, new PowOp(exponent), allocator);

    /// <summary>Raises each row to its own power; null where either is null.</summary>
    /// <param name="array">The bases, borrowed.</param>
    /// <param name="exponents">The exponents, borrowed, of the same length.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One double a row, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static DoubleArray Pow(DoubleArray array, DoubleArray exponents, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(exponents);
        ArgumentNullException.ThrowIfNull(allocator);
        Guard.SameLength(nameof(Pow), array.Length, exponents.Length);
        using OutputBuffer<ulong>? validity = Validity.And(Bits.Validity(array.Data), Bits.Validity(exponents.Data), allocator);
        using var values = new OutputBuffer<double>(allocator, array.Length);
        ReadOnlySpan<double> bases = Columns.Values<double>(array.Data);
        ReadOnlySpan<double> powers = Columns.Values<double>(exponents.Data);
        Span<double> target = values.Span;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = Math.Pow(bases[i], powers[i]);
        }

        return (DoubleArray)Assemble.Fixed(array.Data.DataType, array.Length, validity, values);
    }

    private static DoubleArray Apply(DoubleArray array, SpanFunction function, MemoryAllocator allocator)
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
