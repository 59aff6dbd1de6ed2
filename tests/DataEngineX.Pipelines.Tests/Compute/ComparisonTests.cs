using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines.Tests.Compute;

public class ComparisonTests
{
    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Columns_are_compared_row_by_row(string kind) => Kinds.Pair(kind).Sample(t =>
    {
        using IArrowArray left = Rows.Build(Kinds.Type(kind), t.Left, t.Pad);
        using IArrowArray right = Rows.Build(Kinds.Type(kind), t.Right, t.Pad / 2);
        foreach (ComparisonOperator operation in Enum.GetValues<ComparisonOperator>())
        {
            object?[] actual = KernelTest.Run(a => Comparison.Compare(operation, left, right, a));
            KernelTest.Equal([.. t.Left.Zip(t.Right, (l, r) => l is null || r is null ? null : (object)Holds(operation, l, r))], actual);
        }
    }, iter: 60);

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_column_is_compared_with_a_literal(string kind)
    {
        if (kind is "null" or "binary" or "decimal")
        {
            return;
        }

        Gen.Select(Kinds.Column(kind), Kinds.Value(kind)).Sample(t =>
        {
            using IArrowArray left = Rows.Build(Kinds.Type(kind), t.Item1.Rows, t.Item1.Pad);
            foreach (ComparisonOperator operation in Enum.GetValues<ComparisonOperator>())
            {
                object?[] actual = KernelTest.Run(a => Comparison.Compare(operation, left, t.Item2, a));
                KernelTest.Equal([.. t.Item1.Rows.Select(l => l is null ? null : (object)Holds(operation, l, t.Item2))], actual);
            }
        }, iter: 60);
    }

    [Fact]
    public void Decimals_dates_and_bytes_are_compared_with_clr_literals()
    {
        using IArrowArray decimals = Rows.Build(new Decimal128Type(20, 3), [(Int128)1500, (Int128)2500, null]);
        using IArrowArray dates = Rows.Build(Date32Type.Default, [19_722, 19_723]);
        using IArrowArray bytes = Rows.Build(BinaryType.Default, ["0A", "0B"]);
        KernelTest.Equal([true, false, null], KernelTest.Run(a => Comparison.Compare(ComparisonOperator.LessThan, decimals, 2.5m, a)));
        KernelTest.Equal([false, true], KernelTest.Run(a => Comparison.Compare(ComparisonOperator.GreaterThanOrEqual, dates, new DateOnly(2024, 1, 1), a)));
        KernelTest.Equal([true, false], KernelTest.Run(a => Comparison.Compare(ComparisonOperator.Equal, bytes, new byte[] { 10 }, a)));
    }

    [Fact]
    public void A_null_literal_makes_every_row_null()
    {
        using IArrowArray column = Rows.Build(Int32Type.Default, [1, null]);
        KernelTest.Equal([null, null], KernelTest.Run(a => Comparison.Compare(ComparisonOperator.Equal, column, (object?)null, a)));
    }

    [Fact]
    public void Timestamps_of_different_units_and_lists_are_refused()
    {
        using IArrowArray seconds = Rows.Build(Kinds.Type("ts_s"), [1L]);
        using IArrowArray micros = Rows.Build(Kinds.Type("ts_us"), [1L]);
        using ListArray lists = Nested.Lists([[1]]);
        KernelTest.Throws<ArgumentException>(a => Comparison.Compare(ComparisonOperator.Equal, seconds, micros, a));
        Assert.Contains("list", KernelTest.Throws<NotSupportedException>(a => Comparison.Compare(ComparisonOperator.Equal, lists, lists, a)).Message, StringComparison.Ordinal);
    }

    private static bool Holds(ComparisonOperator operation, object left, object right)
    {
        if (left is double or float or Half)
        {
            double l = ToDouble(left);
            double r = ToDouble(right);
            return operation switch
            {
                ComparisonOperator.Equal => l == r,
                ComparisonOperator.NotEqual => l != r,
                ComparisonOperator.LessThan => l < r,
                ComparisonOperator.LessThanOrEqual => l <= r,
                ComparisonOperator.GreaterThan => l > r,
                _ => l >= r,
            };
        }

        int order = left is string s
            ? Encoding.UTF8.GetBytes(s).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes((string)right))
            : System.Collections.Comparer.Default.Compare(left, right);
        return operation switch
        {
            ComparisonOperator.Equal => order == 0,
            ComparisonOperator.NotEqual => order != 0,
            ComparisonOperator.LessThan => order < 0,
            ComparisonOperator.LessThanOrEqual => order <= 0,
            ComparisonOperator.GreaterThan => order > 0,
            _ => order >= 0,
        };
    }

    private static double ToDouble(object value) => value switch
    {
        Half h => (double)h,
        float f => f,
        _ => (double)value,
    };
}
