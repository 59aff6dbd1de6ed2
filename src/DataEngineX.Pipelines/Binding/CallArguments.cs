using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>The arguments of a call as kernels want them: columns are evaluated for each batch, literals are read once.</summary>
/// <remarks>The first argument is always a column, so that a kernel knows how many rows there are.</remarks>
internal sealed class CallArguments(CallExpr call, IReadOnlyList<Evaluator> given)
{
    private readonly List<Evaluator> _columns = [];

    public int Count => given.Count;

    /// <summary>Whether the value of an argument is known.</summary>
    public bool IsLiteral(int index) => given[index] is ConstantEvaluator;

    /// <summary>The evaluator of an argument as a text, or an error naming the call.</summary>
    public Evaluator TextColumn(int index) => given[index].Type switch
    {
        StringType => given[index],
        NullType => Conversions.To(given[index], StringType.Default),
        _ => throw FunctionTable.Misfit(call, given),
    };

    public TextSlot Text(int index) => index > 0 && given[index] is ConstantEvaluator { Value: string literal }
        ? TextSlot.Of(literal)
        : new TextSlot(Add(TextColumn(index)), null);

    /// <summary>A text of whatever type the argument has.</summary>
    public TextSlot AsText(int index) => given[index] is ConstantEvaluator { Value: string literal } && _columns.Count > 0
        ? TextSlot.Of(literal)
        : new TextSlot(Add(SchemaTools.IsText(given[index].Type) || given[index] is ConstantEvaluator
            ? Conversions.To(given[index], StringType.Default)
            : Conversions.Cast(given[index], StringType.Default, isTry: false)), null);

    public NumberSlot Whole(int index)
    {
        var number = Integer(index);
        return number is ConstantEvaluator { Value: long literal } ? new NumberSlot(-1, literal) : new NumberSlot(Add(number), 0);
    }

    /// <summary>A whole number as a column, also when it is a literal.</summary>
    public NumberSlot WholeColumn(int index) => new(Add(Integer(index)), 0);

    /// <summary>A date, time, timestamp or duration; a date of 64 bits as one of 32.</summary>
    public Evaluator Time(int index) => given[index].Type is Date64Type ? Conversions.To(given[index], Date32Type.Default) : given[index];

    /// <summary>A unit, given as its name.</summary>
    public CalendarUnit Unit(int index) => Enum.TryParse<CalendarUnit>(Literal<string>(index), ignoreCase: true, out var unit) && Enum.IsDefined(unit)
        ? unit
        : throw Refuse($"'{Literal<string>(index)}' is not a unit of time");

    /// <summary>A unit that is always as long.</summary>
    public CalendarUnit FixedUnit(int index) => TimeUnits.IsFixed(Unit(index))
        ? Unit(index)
        : throw Refuse($"A {Expr.NameOf(Unit(index))} has no fixed length: use weeks or less");

    public bool IsFraction(int index) => SchemaTools.IsFloating(given[index].Type);

    /// <summary>An argument times a number, as double.</summary>
    public Evaluator Product(int index, double factor) => FunctionTable.Bind(
        new CallExpr(FunctionNames.Multiply, call.Children[index], factor),
        [Conversions.To(given[index], DoubleType.Default), new ConstantEvaluator(factor, DoubleType.Default)]);

    /// <summary>Whether an argument is the null literal.</summary>
    public bool HasNull => given.Any(g => g is ConstantEvaluator { Value: null });

    public void Expect(int count)
    {
        if (given.Count != count)
            throw Refuse($"'{call.Function}' takes {count} arguments, not {given.Count}");
    }

    public PlanException Misfit() => FunctionTable.Misfit(call, given);

    public T Literal<T>(int index) => given[index] is ConstantEvaluator { Value: T value }
        ? value
        : throw new PlanException($"Argument {index + 1} of '{call.Function}' must be a literal {typeof(T).Name} in {call.Canonical}.");

    /// <summary>A literal text that is not empty, in UTF-8.</summary>
    public byte[] LiteralBytes(int index) => Literal<string>(index) is { Length: > 0 } text
        ? System.Text.Encoding.UTF8.GetBytes(text)
        : throw new PlanException($"Argument {index + 1} of '{call.Function}' must not be empty in {call.Canonical}.");

    public PlanException Refuse(string what) => new($"{what} in {call.Canonical}.");

    private Evaluator Integer(int index) => SchemaTools.IsInteger(given[index].Type) || given[index].Type is NullType
        ? Conversions.To(given[index], Int64Type.Default)
        : throw Misfit();

    public int Add(Evaluator column)
    {
        _columns.Add(column);
        return _columns.Count - 1;
    }

    /// <summary>An evaluator over the columns asked for so far.</summary>
    public Evaluator Evaluator(IArrowType type, Kernel kernel, bool? isNullable = null) =>
        new KernelEvaluator(type, isNullable ?? _columns.Any(c => c.IsNullable), [.. _columns], kernel.Invoke);
}
