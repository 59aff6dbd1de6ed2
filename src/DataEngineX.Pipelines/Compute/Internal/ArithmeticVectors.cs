using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataEngineX.Compute;

/// <summary>
/// The fast ways of integer arithmetic: whole vectors of sums, and products and quotients without a branch a row. TensorPrimitives cannot tell an
/// overflow; measured against its scalar loop at a million rows, sums take less than half of the time.
/// </summary>
internal static class ArithmeticVectors
{
    /// <summary>Computes all rows where there is a fast way, and tells whether no row overflowed.</summary>
    /// <param name="left">As long as the target, or one value for all rows.</param>
    /// <param name="right">As long as the target, or one value for all rows.</param>
    /// <param name="target">The results, wrapped where they overflow.</param>
    /// <param name="clean">Whether every row came out fine.</param>
    /// <returns>False if nothing was computed.</returns>
    public static bool TryFill<T, TOp>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target, out bool clean)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        where TOp : struct, IIntegerOp
    {
        clean = true;
        if (target.Length < 2)
        {
            return false;
        }

        if (typeof(TOp) == typeof(AddOp) || typeof(TOp) == typeof(SubtractOp))
        {
            if (!Vector256.IsHardwareAccelerated || target.Length < Vector256<T>.Count)
            {
                return false;
            }

            clean = Sums<T, TOp>(left, right, target);
            return true;
        }

        if (typeof(TOp) == typeof(MultiplyOp) && (typeof(T) == typeof(int) || typeof(T) == typeof(long)))
        {
            clean = typeof(T) == typeof(int)
                ? Products(MemoryMarshal.Cast<T, int>(left), MemoryMarshal.Cast<T, int>(right), MemoryMarshal.Cast<T, int>(target))
                : Products(MemoryMarshal.Cast<T, long>(left), MemoryMarshal.Cast<T, long>(right), MemoryMarshal.Cast<T, long>(target));
            return true;
        }

        if (typeof(TOp) == typeof(DivideOp) && right.Length == 1 && right[0] > T.Zero && left.Length == target.Length)
        {
            T divisor = right[0];
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = left[i] / divisor;
            }

            return true;
        }

        return false;
    }

    private static bool Sums<T, TOp>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        where TOp : struct, IIntegerOp
    {
        int leftStep = left.Length == target.Length ? 1 : 0;
        int rightStep = right.Length == target.Length ? 1 : 0;
        ref T l = ref MemoryMarshal.GetReference(left);
        ref T r = ref MemoryMarshal.GetReference(right);
        ref T t = ref MemoryMarshal.GetReference(target);
        Vector256<T> failed = Vector256<T>.Zero;
        int last = target.Length - Vector256<T>.Count;
        for (int i = 0; ; i += Vector256<T>.Count)
        {
            // The last vector may overlap the one before it, which computes some rows twice instead of a loop for the rest.
            int at = Math.Min(i, last);
            Vector256<T> a = leftStep == 0 ? Vector256.Create(left[0]) : Vector256.LoadUnsafe(ref l, (nuint)at);
            Vector256<T> b = rightStep == 0 ? Vector256.Create(right[0]) : Vector256.LoadUnsafe(ref r, (nuint)at);
            Vector256<T> sum = typeof(TOp) == typeof(AddOp) ? a + b : a - b;
            if (T.IsNegative(T.MinValue))
            {
                failed |= typeof(TOp) == typeof(AddOp) ? (a ^ sum) & (b ^ sum) : (a ^ b) & (a ^ sum);
            }
            else
            {
                failed |= typeof(TOp) == typeof(AddOp) ? Vector256.LessThan(sum, a) : Vector256.LessThan(a, b);
            }

            sum.StoreUnsafe(ref t, (nuint)at);
            if (at == last)
            {
                return failed.ExtractMostSignificantBits() == 0;
            }
        }
    }

    private static bool Products(ReadOnlySpan<int> left, ReadOnlySpan<int> right, Span<int> target)
    {
        long failed = 0;
        if (right.Length == 1)
        {
            long factor = right[0];
            for (int i = 0; i < target.Length; i++)
            {
                long product = left[i] * factor;
                target[i] = unchecked((int)product);
                failed |= product ^ target[i];
            }

            return failed == 0;
        }

        int leftStep = left.Length == target.Length ? 1 : 0;
        for (int i = 0; i < target.Length; i++)
        {
            long product = (long)left[i * leftStep] * right[i];
            target[i] = unchecked((int)product);
            failed |= product ^ target[i];
        }

        return failed == 0;
    }

    private static bool Products(ReadOnlySpan<long> left, ReadOnlySpan<long> right, Span<long> target)
    {
        if (right.Length == 1 && right[0] > 0)
        {
            return Multiples(left, right[0], target);
        }

        long failed = 0;
        int leftStep = left.Length == target.Length ? 1 : 0;
        int rightStep = right.Length == target.Length ? 1 : 0;
        for (int i = 0; i < target.Length; i++)
        {
            long high = Math.BigMul(left[i * leftStep], right[i * rightStep], out long low);
            target[i] = low;
            failed |= high ^ (low >> 63);
        }

        return failed == 0;
    }

    /// <summary>Times one positive number: what fits lies between two bounds, which is cheaper to ask than the upper half of every product.</summary>
    private static bool Multiples(ReadOnlySpan<long> left, long factor, Span<long> target)
    {
        long least = long.MinValue / factor;
        ulong width = unchecked((ulong)((long.MaxValue / factor) - least));
        bool clean = true;
        for (int i = 0; i < target.Length; i++)
        {
            long value = left[i];
            target[i] = unchecked(value * factor);
            clean &= unchecked((ulong)(value - least)) <= width;
        }

        return clean;
    }
}
