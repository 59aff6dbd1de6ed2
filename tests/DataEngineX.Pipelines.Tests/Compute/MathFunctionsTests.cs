using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines.Tests.Compute;

public class MathFunctionsTests
{
    [Fact]
    public void Functions_agree_with_math() => Kinds.Column("double", 60).Sample(t =>
    {
        Check(t, Math.Floor, (c, a) => MathFunctions.Apply(MathFunction.Floor, c, a));
        Check(t, Math.Ceiling, (c, a) => MathFunctions.Apply(MathFunction.Ceiling, c, a));
        Check(t, Math.Truncate, (c, a) => MathFunctions.Apply(MathFunction.Truncate, c, a));
        Check(t, Math.Sqrt, (c, a) => MathFunctions.Apply(MathFunction.Sqrt, c, a));
        Check(t, Math.Cbrt, (c, a) => MathFunctions.Apply(MathFunction.Cbrt, c, a));
        Check(t, Math.Exp, (c, a) => MathFunctions.Apply(MathFunction.Exp, c, a));
        Check(t, Math.Log, (c, a) => MathFunctions.Apply(MathFunction.Log, c, a));
        Check(t, Math.Log10, (c, a) => MathFunctions.Apply(MathFunction.Log10, c, a));
        Check(t, Math.Log2, (c, a) => MathFunctions.Apply(MathFunction.Log2, c, a));
        Check(t, Math.Sin, (c, a) => MathFunctions.Apply(MathFunction.Sin, c, a));
        Check(t, Math.Cos, (c, a) => MathFunctions.Apply(MathFunction.Cos, c, a));
        Check(t, Math.Tan, (c, a) => MathFunctions.Apply(MathFunction.Tan, c, a));
        Check(t, Math.Asin, (c, a) => MathFunctions.Apply(MathFunction.Asin, c, a));
        Check(t, Math.Acos, (c, a) => MathFunctions.Apply(MathFunction.Acos, c, a));
        Check(t, Math.Atan, (c, a) => MathFunctions.Apply(MathFunction.Atan, c, a));
        Check(t, Math.Sinh, (c, a) => MathFunctions.Apply(MathFunction.Sinh, c, a));
        Check(t, Math.Cosh, (c, a) => MathFunctions.Apply(MathFunction.Cosh, c, a));
        Check(t, Math.Tanh, (c, a) => MathFunctions.Apply(MathFunction.Tanh, c, a));
        Check(t, double.RadiansToDegrees, (c, a) => MathFunctions.Apply(MathFunction.Degrees, c, a));
        Check(t, double.DegreesToRadians, (c, a) => MathFunctions.Apply(MathFunction.Radians, c, a));
        Check(t, v => Math.Pow(v, 2.5), (c, a) => MathFunctions.Pow(c, 2.5, a));
        Check(t, v => Math.Round(v, 2, MidpointRounding.ToEven), (c, a) => MathFunctions.Round(c, 2, MidpointRounding.ToEven, a));
    }, iter: 100);

    [Fact]
    public void Halves_are_rounded_away_from_zero()
    {
        using var column = (DoubleArray)Rows.Build(DoubleType.Default, [2.5, -2.5, 1.25, null]);
        KernelTest.Equal([3.0, -3.0, 1.0, null], KernelTest.Run(a => MathFunctions.Round(column, 0, MidpointRounding.AwayFromZero, a)));
        KernelTest.Equal([2.5, -2.5, 1.3, null], KernelTest.Run(a => MathFunctions.Round(column, 1, MidpointRounding.AwayFromZero, a)));
        KernelTest.Throws<ArgumentOutOfRangeException>(a => MathFunctions.Round(column, 16, MidpointRounding.ToEven, a));
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
