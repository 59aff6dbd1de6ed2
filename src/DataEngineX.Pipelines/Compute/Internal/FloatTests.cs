using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Asks every float of a column a question.</summary>
internal interface IFloatTest
{
    static abstract bool Test<T>(T value)
        where T : INumberBase<T>;
}

internal readonly struct NaNTest : IFloatTest
{
    public static bool Test<T>(T value)
        where T : INumberBase<T> => T.IsNaN(value);
}

internal readonly struct FiniteTest : IFloatTest
{
    public static bool Test<T>(T value)
        where T : INumberBase<T> => T.IsFinite(value);
}

internal readonly struct InfiniteTest : IFloatTest
{
    public static bool Test<T>(T value)
        where T : INumberBase<T> => T.IsInfinity(value);
}

/// <summary>The loop over a column of floats.</summary>
internal static class FloatTests
{
    public static BooleanArray Run<TTest>(IArrowArray array, MemoryAllocator allocator)
        where TTest : struct, IFloatTest => PhysicalTypes.Dispatch<Action<TTest>, BooleanArray>(
            typeof(TTest).Name, array.Data.DataType, new Action<TTest> { Data = array.Data, Allocator = allocator });

    private struct Action<TTest> : IFixedAction<BooleanArray>
        where TTest : struct, IFloatTest
    {
        public required ArrayData Data;
        public required MemoryAllocator Allocator;

        public readonly BooleanArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(Data), Allocator);
            using OutputBuffer<ulong> values = Validity.Empty(Data.Length, Allocator);
            ReadOnlySpan<T> source = Columns.Values<T>(Data);
            Span<ulong> words = values.Span;
            for (int i = 0; i < source.Length; i++)
            {
                words[i >> 6] |= (TTest.Test(source[i]) ? 1UL : 0) << (i & 63);
            }

            return Assemble.Boolean(Data.Length, validity, values);
        }
    }
}
