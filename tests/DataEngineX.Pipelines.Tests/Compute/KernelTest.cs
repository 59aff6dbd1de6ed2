using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Pipelines.Tests.Compute;

/// <summary>Runs a kernel over built columns and checks rows, well-formedness and that nothing of the outputs stays alive.</summary>
internal static class KernelTest
{
    public static object?[] Run(Func<CountingAllocator, IArrowArray> kernel) => Run(kernel, out _);

    public static object?[] Run(Func<CountingAllocator, IArrowArray> kernel, out IArrowType type)
    {
        var allocator = new CountingAllocator();
        object?[] rows;
        using (IArrowArray result = kernel(allocator))
        {
            rows = Rows.Read(result);
            type = result.Data.DataType;
            Assert.Equal(rows.Count(r => r is null), result.NullCount);
        }

        Assert.Equal(0, allocator.LiveBytes);
        return rows;
    }

    /// <summary>Checks that a kernel throws and leaves nothing allocated.</summary>
    public static TException Throws<TException>(Func<CountingAllocator, IArrowArray> kernel)
        where TException : Exception
    {
        var allocator = new CountingAllocator();
        var exception = Assert.Throws<TException>(() => kernel(allocator).Dispose());
        Assert.Equal(0, allocator.LiveBytes);
        return exception;
    }

    public static void Equal(object?[] expected, object?[] actual)
    {
        if (!expected.SequenceEqual(actual))
        {
            Assert.Fail($"expected {Rows.Show(expected)}{Environment.NewLine}but got  {Rows.Show(actual)}");
        }
    }
}
