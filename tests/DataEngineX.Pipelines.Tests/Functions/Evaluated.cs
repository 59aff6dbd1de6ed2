using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Pipelines.Tests.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines.Tests.Functions;

/// <summary>Evaluates expressions over columns built of rows, and checks that nothing stays allocated.</summary>
internal static class Evaluated
{
    public static readonly DateTimeOffset Clock = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    /// <summary>Columns <c>a</c>, <c>b</c>, ... of one length.</summary>
    public static object?[] Run(Expr expression, params (IArrowType Type, object?[] Rows)[] columns) => Run(expression, 0, columns);

    public static object?[] Run(Expr expression, int pad, params (IArrowType Type, object?[] Rows)[] columns)
    {
        using var batch = Batch(pad, columns);
        return Run(expression, batch);
    }

    public static object?[] Run(Expr expression, RecordBatch batch)
    {
        var bound = ExpressionBinder.Bind(expression, batch.Schema);
        return KernelTest.Run(allocator =>
        {
            var array = bound.Evaluate(batch, new RunParameters(Clock), allocator);
            Assert.True(ArrowTypes.Same(bound.Type, array.Data.DataType), $"{bound.Type.Name} was promised, {array.Data.DataType.Name} came");
            Assert.True(bound.IsNullable || array.NullCount == 0, "a null where none was promised");
            return array;
        });
    }

    public static TException Throws<TException>(Expr expression, params (IArrowType Type, object?[] Rows)[] columns)
        where TException : Exception
    {
        using var batch = Batch(0, columns);
        var bound = ExpressionBinder.Bind(expression, batch.Schema);
        return KernelTest.Throws<TException>(allocator => bound.Evaluate(batch, new RunParameters(Clock), allocator));
    }

    public static PlanException Refused(Expr expression, params IArrowType[] types) => Assert.Throws<PlanException>(
        () => ExpressionBinder.Bind(expression, new Schema(types.Select((t, i) => new Field(Name(i), t, true)), null)));

    public static RecordBatch Batch(int pad, params (IArrowType Type, object?[] Rows)[] columns) => new(
        new Schema(columns.Select((c, i) => new Field(Name(i), c.Type, c.Rows.Contains(null))), null),
        columns.Select((c, i) => Rows.Build(c.Type, c.Rows, pad * (i + 1) % 71)),
        columns[0].Rows.Length);

    private static string Name(int index) => ((char)('a' + index)).ToString();
}
