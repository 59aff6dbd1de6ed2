using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines.Tests.Compute;

public class MathFunctionsTests
{
    [Fact]
    public void Functions_agree_with_math() => Kinds.Column("double").Sample(t =>
    {
        Check(t, Math.Abs, MathFunctions.Abs);
        Check(t, Math.Floor, MathFunctions.Floor);
        Check(t, Math.Ceiling, MathFunctions.Ceiling);
        Check(t, Math.Sqrt, MathFunctions.Sqrt);
        Check(t, Math.Sin, MathFunctions.Sin);
        Check(t, Math.Cos, MathFunctions.Cos);
        Check(t, Math.Exp, MathFunctions.Exp);
        Check(t, Math.Log, MathFunctions.Log);
        Check(t, v => Math.Pow(v, 2.5), (c, a) => MathFunctions.Pow(c, 2.5, a));
        Check(t, v => Math.Round(v, 0, MidpointRounding.AwayFromZero), (c, a) => MathFunctions.Round(c, 0, a));
    }, iter: 100);

    [Fact]
    public void Halves_are_rounded_away_from_zero()
    {
        using var column = (DoubleArray)Rows.Build(DoubleType.Default, [2.5, -2.5, 1.25, null]);
        KernelTest.Equal([3.0, -3.0, 1.0, null], KernelTest.Run(a => MathFunctions.Round(column, 0, a)));
        KernelTest.Equal([2.5, -2.5, 1.3, null], KernelTest.Run(a => MathFunctions.Round(column, 1, a)));
        KernelTest.Throws<ArgumentOutOfRangeException>(a => MathFunctions.Round(column, 16, a));
    }

    [Fact]
    public void Powers_go_row_by_row() => Kinds.Pair("double").Sample(t =>
    {
        using var left = (DoubleArray)Rows.Build(DoubleType.Default, t.Left, t.Pad);
        using var right = (DoubleArray)Rows.Build(DoubleType.Default, t.Right);
        KernelTest.Equal(
            [.. t.Left.Zip(t.Right, (l, r) => l is double x && r is double y ? (object)Math.Pow(x, y) : null)],
            KernelTest.Run(a => MathFunctions.Pow(left, right, a)));
    }, iter: 60);

    private static void Check((object?[] Rows, int Pad) t, Func<double, double> expected, Func<DoubleArray, CountingAllocator, IArrowArray> kernel)
    {
        using var column = (DoubleArray)Rows.Build(DoubleType.Default, t.Rows, t.Pad);
        KernelTest.Equal([.. t.Rows.Select(r => r is double v ? (object)expected(v) : null)], KernelTest.Run(a => kernel(column, a)));
    }
}
