using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using Table = System.Collections.Generic.Dictionary<
    string, System.Func<DataEngineX.Expressions.CallExpr, System.Collections.Generic.IReadOnlyList<DataEngineX.Pipelines.Evaluator>, DataEngineX.Pipelines.Evaluator>>;

namespace DataEngineX.Pipelines;

/// <summary>Access to lists and structs, and hashes of values.</summary>
internal static class NestedFunctions
{
    public static void AddTo(Table table)
    {
        table[FunctionNames.ListLength] = (call, a) =>
        {
            ListOf(call, a);
            return new KernelEvaluator(Int32Type.Default, a[0].IsNullable, [a[0]], (x, m) => Lists.Length(x[0], m));
        };
        table[FunctionNames.ListElement] = Element;
        table[FunctionNames.ListContains] = Contains;
        table[FunctionNames.StructField] = Field;
        table[FunctionNames.Hash] = Hash;
    }

    private static KernelEvaluator Element(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        var list = ListOf(call, a);
        if (a.Count != 2 || !(SchemaTools.IsInteger(a[1].Type) || a[1].Type is NullType))
            throw FunctionTable.Misfit(call, a);
        var index = new OneRowEvaluator(Conversions.To(a[1], Int32Type.Default));
        return new KernelEvaluator(list.ValueDataType, true, [a[0], index], (x, m) => Lists.Element(x[0], x[1], m));
    }

    private static KernelEvaluator Contains(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        var list = ListOf(call, a);
        var element = new ColumnEvaluator(0, list.ValueDataType, isNullable: true);
        if (a.Count != 2 || Conversions.CommonType(element, a[1]) is not { } type || !TypeRules.IsComparable(type))
            throw FunctionTable.Misfit(call, a);
        var lists = ArrowTypes.Same(type, list.ValueDataType) ? a[0] : Conversions.Cast(a[0], new ListType(type), isTry: false);
        return new KernelEvaluator(
            BooleanType.Default, a[0].IsNullable || a[1].IsNullable, [lists, new OneRowEvaluator(Conversions.To(a[1], type))],
            (x, m) => Lists.Contains(x[0], x[1], m));
    }

    private static KernelEvaluator Field(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        var name = new CallArguments(call, a).Literal<string>(1);
        if (a[0].Type is not StructType type)
            throw FunctionTable.Misfit(call, a);
        for (var i = 0; i < type.Fields.Count; i++)
        {
            var (index, field) = (i, type.Fields[i]);
            if (string.Equals(field.Name, name, StringComparison.Ordinal))
                return new KernelEvaluator(field.DataType, a[0].IsNullable || field.IsNullable, [a[0]], (x, m) => Lists.Field(x[0], index, m));
        }

        throw new PlanException($"There is no field '{name}' in {call.Canonical}; the fields are {string.Join(", ", type.Fields.Select(f => f.Name))}.");
    }

    private static KernelEvaluator Hash(CallExpr call, IReadOnlyList<Evaluator> a) => a.Count != 0 && a.All(x => StableHash.Supports(x.Type))
        ? new KernelEvaluator(Int64Type.Default, false, a, (x, m) => StableHash.Run(x, x[0].Length, m))
        : throw FunctionTable.Misfit(call, a);

    private static ListType ListOf(CallExpr call, IReadOnlyList<Evaluator> a) =>
        a.Count != 0 && a[0].Type is ListType list ? list : throw FunctionTable.Misfit(call, a);
}
