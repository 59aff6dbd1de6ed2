using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataEngineX.Quality;

/// <summary>The loop that tests the values of a column, a vector at a time where the hardware has one for them.</summary>
internal static class ValueTests
{
    /// <summary>A test of one value.</summary>
    public interface ITest<T>
    {
        bool Holds(T value);
    }

    /// <summary>A test of a vector of values too.</summary>
    public interface IVectorTest<T> : ITest<T>
    {
        Vector256<T> Holds(Vector256<T> values);
    }

    /// <summary>Sets the bits of the values that fail.</summary>
    public static void Run<T, TTest>(ReadOnlySpan<T> values, TTest test, Span<ulong> fails)
        where T : unmanaged
        where TTest : struct, ITest<T>
    {
        for (var w = 0; w < fails.Length; w++)
            fails[w] = Narrow(values[(w << 6)..Math.Min(values.Length, (w + 1) << 6)], test);
    }

    /// <summary>Sets the bits of the values that fail, found by vectors.</summary>
    public static void RunVectors<T, TTest>(ReadOnlySpan<T> values, TTest test, Span<ulong> fails)
        where T : unmanaged
        where TTest : struct, IVectorTest<T>
    {
        for (var w = 0; w < fails.Length; w++)
        {
            var part = values[(w << 6)..Math.Min(values.Length, (w + 1) << 6)];
            fails[w] = part.Length == 64 && Vector256.IsHardwareAccelerated && Vector256<T>.IsSupported
                ? Wide(part, test)
                : Narrow(part, test);
        }
    }

    private static ulong Wide<T, TTest>(ReadOnlySpan<T> values, TTest test)
        where T : unmanaged
        where TTest : struct, IVectorTest<T>
    {
        // There are 64 values, so that no load goes beyond them.
        ref var first = ref MemoryMarshal.GetReference(values);
        var word = 0UL;
        for (var i = 0; i < 64; i += Vector256<T>.Count)
            word |= (ulong)test.Holds(Vector256.LoadUnsafe(ref first, (nuint)i)).ExtractMostSignificantBits() << i;
        return ~word;
    }

    private static ulong Narrow<T, TTest>(ReadOnlySpan<T> values, TTest test)
        where T : unmanaged
        where TTest : struct, ITest<T>
    {
        var word = 0UL;
        for (var i = 0; i < values.Length; i++)
            word |= (test.Holds(values[i]) ? 0 : 1UL) << i;
        return word;
    }

    /// <summary>Whether values lie between two bounds. Every comparison with NaN is false, so NaN lies between none.</summary>
    public readonly struct Within<T>(T from, T to, bool strictMin, bool strictMax) : IVectorTest<T>
        where T : unmanaged, IComparisonOperators<T, T, bool>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Holds(T value) => (strictMin ? value > from : value >= from) && (strictMax ? value < to : value <= to);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<T> Holds(Vector256<T> values)
        {
            var (low, high) = (Vector256.Create(from), Vector256.Create(to));
            return (strictMin ? Vector256.GreaterThan(values, low) : Vector256.GreaterThanOrEqual(values, low))
                & (strictMax ? Vector256.LessThan(values, high) : Vector256.LessThanOrEqual(values, high));
        }
    }
}
