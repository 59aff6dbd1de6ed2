using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>What sums of integers and decimals become.</summary>
internal static class IntegerSums
{
    private static readonly Int128 DecimalLimit = Int128.Parse("99999999999999999999999999999999999999", System.Globalization.CultureInfo.InvariantCulture);

    public static IArrowType TypeOf<T>()
        where T : unmanaged, INumber<T>, IMinMaxValue<T> => T.IsNegative(T.MinValue) ? Int64Type.Default : UInt64Type.Default;

    /// <summary>A column of sums in a type that each must fit.</summary>
    public static IArrowArray Build<TSum>(IArrowType type, ReadOnlySpan<WideSum> states, int start, MemoryAllocator allocator)
        where TSum : unmanaged, IBinaryInteger<TSum>
    {
        using var validity = Validity.Empty(states.Length, allocator);
        using var target = new OutputBuffer<TSum>(allocator, states.Length);
        var valid = validity.Span;
        var result = target.Span;
        for (var g = 0; g < states.Length; g++)
        {
            valid[g >> 6] |= (states[g].Count > 0 ? 1UL : 0) << (g & 63);
            var sum = TSum.CreateTruncating(states[g].Sum);
            var fits = typeof(TSum) == typeof(Int128)
                ? !states[g].HasOverflowed && Int128.Abs(states[g].Sum) <= DecimalLimit
                : Int128.CreateTruncating(sum) == states[g].Sum;
            if (!fits)
            {
                var text = states[g].HasOverflowed ? "beyond 128 bits" : states[g].Sum.ToString(System.Globalization.CultureInfo.InvariantCulture);
                throw new OverflowException($"Sum of group {start + g} is {text}, which does not fit {Guard.Name(type)}; cast to double first.");
            }

            result[g] = sum;
        }

        return Assemble.Fixed(type, states.Length, validity, target);
    }
}
