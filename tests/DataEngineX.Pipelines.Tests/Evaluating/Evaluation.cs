using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Pipelines.Tests.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines.Tests.Evaluating;

/// <summary>Binds an expression against columns a, b, c … and evaluates it, checking that nothing stays allocated.</summary>
internal static class Evaluation
{
    public static (IArrowType Type, object?[] Rows) Column(IArrowType type, params object?[] rows) => (type, rows);

    public static object?[] Of(Expr expression, params (IArrowType Type, object?[] Rows)[] columns)
    {
        using var batch = Batch(columns, pad: 3);
        return Of(expression, batch);
    }

    public static object?[] Of(Expr expression, RecordBatch batch)
    {
        var bound = ExpressionBinder.Bind(expression, batch.Schema);
        var rows = KernelTest.Run(a => Plain(bound.Evaluate(batch, new RunParameters(DateTimeOffset.UnixEpoch), a), a), out var type);
        Assert.Equal(ArrowTypes.NameOf(bound.Type is DictionaryType d ? d.ValueType : bound.Type), ArrowTypes.NameOf(type));
        Assert.True(bound.IsNullable || rows.All(r => r is not null), $"{expression} gave null but says it cannot");
        return rows;
    }

    /// <summary>The value of an expression without columns.</summary>
    public static object? One(Expr expression) => Assert.Single(Of(expression, Column(Int32Type.Default, 0)));

    public static IArrowType TypeOf(Expr expression, params IArrowType[] columns) =>
        ExpressionBinder.Bind(expression, SchemaOf(columns)).Type;

    public static PlanException Refused(Expr expression, params IArrowType[] columns) =>
        Assert.Throws<PlanException>(() => ExpressionBinder.Bind(expression, SchemaOf(columns)));

    public static TException Fails<TException>(Expr expression, params (IArrowType Type, object?[] Rows)[] columns)
        where TException : Exception
    {
        using var batch = Batch(columns, pad: 0);
        var bound = ExpressionBinder.Bind(expression, batch.Schema);
        return KernelTest.Throws<TException>(a => bound.Evaluate(batch, new RunParameters(DateTimeOffset.UnixEpoch), a));
    }

    private static IArrowArray Plain(IArrowArray array, CountingAllocator allocator)
    {
        if (array is not DictionaryArray)
            return array;
        using (array)
            return DataEngineX.Compute.Dictionaries.Decode(array, allocator);
    }

    private static RecordBatch Batch((IArrowType Type, object?[] Rows)[] columns, int pad) => new(
        SchemaOf([.. columns.Select(c => c.Type)]), columns.Select(c => Rows.Build(c.Type, c.Rows, pad)), columns[0].Rows.Length);

    private static Schema SchemaOf(IArrowType[] columns) =>
        new(columns.Select((c, i) => new Field(((char)('a' + i)).ToString(), c, true)), null);
}
