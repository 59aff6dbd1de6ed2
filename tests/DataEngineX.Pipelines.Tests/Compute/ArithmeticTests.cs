using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines.Tests.Compute;

public class ArithmeticTests
{
    [Theory]
    [MemberData(nameof(Kinds.AllIntegers), MemberType = typeof(Kinds))]
    public void Integers_agree_with_arbitrary_precision_and_overflow_is_an_error(string kind) => Kinds.Pair(kind).Sample(t =>
    {
        IArrowType type = Kinds.Type(kind);
        using IArrowArray left = Rows.Build(type, t.Left, t.Pad);
        using IArrowArray right = Rows.Build(type, t.Right, t.Pad / 2);
        foreach (ArithmeticOperator operation in Enum.GetValues<ArithmeticOperator>())
        {
            Check(t.Left, t.Right, operation, a => Arithmetic.Apply(operation, left, right, a));
            if (t.Right.FirstOrDefault(r => r is not null) is { } literal)
            {
                object?[] same = [.. Enumerable.Repeat(literal, t.Left.Length)];
                Check(t.Left, same, operation, a => Arithmetic.Apply(operation, left, literal, a));
                Check(same, t.Left, operation, a => Arithmetic.Apply(operation, literal, left, a));
            }
        }
    }, iter: 60);

    [Theory]
    [InlineData("float")]
    [InlineData("double")]
    [InlineData("half")]
    public void Floats_follow_ieee(string kind) => Kinds.Pair(kind).Sample(t =>
    {
        IArrowType type = Kinds.Type(kind);
        using IArrowArray left = Rows.Build(type, t.Left, t.Pad);
        using IArrowArray right = Rows.Build(type, t.Right, t.Pad / 2);
        foreach (ArithmeticOperator operation in Enum.GetValues<ArithmeticOperator>())
        {
            KernelTest.Equal(
                [.. t.Left.Zip(t.Right, (l, r) => Float(operation, l, r))],
                KernelTest.Run(a => Arithmetic.Apply(operation, left, right, a)));
            if (t.Right.FirstOrDefault(r => r is not null) is { } literal)
            {
                KernelTest.Equal(
                    [.. t.Left.Select(l => Float(operation, l, literal))], KernelTest.Run(a => Arithmetic.Apply(operation, left, literal, a)));
                KernelTest.Equal(
                    [.. t.Left.Select(l => Float(operation, literal, l))], KernelTest.Run(a => Arithmetic.Apply(operation, literal, left, a)));
            }
        }
    }, iter: 60);

    [Theory]
    [MemberData(nameof(Kinds.AllNumbers), MemberType = typeof(Kinds))]
    public void Negate_and_abs_agree_with_subtraction(string kind) => Kinds.Column(kind).Sample(t =>
    {
        using IArrowArray column = Rows.Build(Kinds.Type(kind), t.Rows, t.Pad);
        if (t.Rows.FirstOrDefault(r => r is not null) is Half or float or double)
        {
            KernelTest.Equal([.. t.Rows.Select(r => Negated(r))], KernelTest.Run(a => Arithmetic.Negate(column, a)));
            KernelTest.Equal([.. t.Rows.Select(r => Absolute(r))], KernelTest.Run(a => Arithmetic.Abs(column, a)));
            return;
        }

        Exact(t.Rows.Select(r => r is null ? (BigInteger?)null : -Big(r)), t.Rows, a => Arithmetic.Negate(column, a));
        Exact(t.Rows.Select(r => r is null ? (BigInteger?)null : BigInteger.Abs(Big(r))), t.Rows, a => Arithmetic.Abs(column, a));
    }, iter: 100);

    [Fact]
    public void What_lies_under_nulls_never_fails()
    {
        object?[] rows = [null, 1L, null];
        using IArrowArray column = Rows.Build(Int64Type.Default, rows);
        KernelTest.Equal([null, 0L, null], KernelTest.Run(a => Arithmetic.Apply(ArithmeticOperator.Subtract, column, 1, a)));
        KernelTest.Equal([null, -1L, null], KernelTest.Run(a => Arithmetic.Negate(column, a)));
    }

    [Fact]
    public void An_overflow_names_operation_row_and_type()
    {
        using IArrowArray column = Rows.Build(Int32Type.Default, [1, int.MaxValue]);
        string message = KernelTest.Throws<OverflowException>(a => Arithmetic.Apply(ArithmeticOperator.Add, column, 1, a)).Message;
        Assert.Contains("Add", message, StringComparison.Ordinal);
        Assert.Contains("row 1", message, StringComparison.Ordinal);
        Assert.Contains("int32", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_and_mixed_types_are_refused()
    {
        using IArrowArray text = Rows.Build(StringType.Default, ["a"]);
        using IArrowArray number = Rows.Build(Int32Type.Default, [1]);
        KernelTest.Throws<NotSupportedException>(a => Arithmetic.Apply(ArithmeticOperator.Add, text, text, a));
        KernelTest.Throws<ArgumentException>(a => Arithmetic.Apply(ArithmeticOperator.Add, text, number, a));
        KernelTest.Equal([null], KernelTest.Run(a => Arithmetic.Apply(ArithmeticOperator.Add, number, (object?)null, a)));
    }

    private static void Check(object?[] left, object?[] right, ArithmeticOperator operation, Func<CountingAllocator, IArrowArray> kernel) =>
        Exact(left.Zip(right, (l, r) => Whole(operation, l, r)), left, kernel);

    private static void Exact(IEnumerable<BigInteger?> expected, object?[] sample, Func<CountingAllocator, IArrowArray> kernel)
    {
        BigInteger?[] rows = [.. expected];
        object? one = sample.FirstOrDefault(r => r is not null);
        if (one is null)
        {
            KernelTest.Equal(new object?[rows.Length], KernelTest.Run(kernel));
            return;
        }

        (BigInteger min, BigInteger max) = Range(one);
        if (rows.Any(r => r < min || r > max))
        {
            KernelTest.Throws<OverflowException>(kernel);
        }
        else
        {
            KernelTest.Equal([.. rows.Select(r => (object?)r)], [.. KernelTest.Run(kernel).Select(r => r is null ? null : (object)Big(r))]);
        }
    }

    private static BigInteger? Whole(ArithmeticOperator operation, object? left, object? right)
    {
        if (left is null || right is null)
        {
            return null;
        }

        (BigInteger l, BigInteger r) = (Big(left), Big(right));
        return operation switch
        {
            ArithmeticOperator.Add => l + r,
            ArithmeticOperator.Subtract => l - r,
            ArithmeticOperator.Multiply => l * r,
            ArithmeticOperator.Divide => r.IsZero ? null : BigInteger.Divide(l, r),
            _ => r.IsZero ? null : BigInteger.Remainder(l, r),
        };
    }

    private static BigInteger Big(object value) => value switch
    {
        ulong v => v,
        _ => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static (BigInteger Min, BigInteger Max) Range(object value) => value switch
    {
        sbyte => (sbyte.MinValue, sbyte.MaxValue),
        short => (short.MinValue, short.MaxValue),
        int => (int.MinValue, int.MaxValue),
        long => (long.MinValue, long.MaxValue),
        byte => (0, byte.MaxValue),
        ushort => (0, ushort.MaxValue),
        uint => (0, uint.MaxValue),
        _ => (0, ulong.MaxValue),
    };

    private static object? Float(ArithmeticOperator operation, object? left, object? right) => (left, right) switch
    {
        (double l, double r) => Float(operation, l, r),
        (float l, float r) => Float(operation, l, r),
        (Half l, Half r) => Float(operation, l, r),
        _ => null,
    };

    private static T Float<T>(ArithmeticOperator operation, T l, T r)
        where T : INumber<T> => operation switch
        {
            ArithmeticOperator.Add => l + r,
            ArithmeticOperator.Subtract => l - r,
            ArithmeticOperator.Multiply => l * r,
            ArithmeticOperator.Divide => l / r,
            _ => l % r,
        };

    private static object? Negated(object? value) => value switch { double v => -v, float v => -v, Half v => -v, _ => null };

    private static object? Absolute(object? value) => value switch
    {
        double v => Math.Abs(v),
        float v => Math.Abs(v),
        Half v => Half.Abs(v),
        _ => null,
    };
}
