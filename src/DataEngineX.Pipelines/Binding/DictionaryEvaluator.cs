using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>
/// A function of one dictionary column and literals: it is computed once a value of the dictionary, not once a row, and texts stay a dictionary.
/// </summary>
internal sealed class DictionaryEvaluator : Evaluator
{
    private readonly Evaluator _column;
    private readonly Evaluator _overValues;
    private readonly Evaluator _overRows;
    private readonly Schema _values;

    private DictionaryEvaluator(Evaluator column, Evaluator overValues, Evaluator overRows, IArrowType type, Schema values)
        : base(type, overRows.IsNullable)
    {
        _column = column;
        _overValues = overValues;
        _overRows = overRows;
        _values = values;
    }

    /// <summary>Binds a null-in-null-out function that way; null when its arguments are not one dictionary column and literals.</summary>
    public static DictionaryEvaluator? TryCreate(IReadOnlyList<Evaluator> arguments, Func<IReadOnlyList<Evaluator>, Evaluator> bind)
    {
        var at = -1;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is ConstantEvaluator)
                continue;
            if (at >= 0 || arguments[i].Type is not DictionaryType)
                return null;
            at = i;
        }

        if (at < 0)
            return null;
        var column = arguments[at];
        var type = (DictionaryType)column.Type;
        var overValues = bind(With(new ColumnEvaluator(0, type.ValueType, isNullable: true)));
        var overRows = bind(With(Decoded(column)));
        var result = SchemaTools.IsText(overValues.Type) ? new DictionaryType(Int32Type.Default, overValues.Type, false) : overValues.Type;
        return new DictionaryEvaluator(column, overValues, overRows, result, new Schema([new Field("values", type.ValueType, true)], null));

        Evaluator[] With(Evaluator value) => [.. arguments.Select((a, i) => i == at ? value : a)];
    }

    /// <summary>The rows of a dictionary column written out; any other evaluator as it is.</summary>
    public static Evaluator Decoded(Evaluator value) => value.Type is DictionaryType type
        ? new KernelEvaluator(type.ValueType, value.IsNullable, [value], (x, m) => Dictionaries.Decode(x[0], m))
        : value;

    public override IArrowArray Evaluate(in EvaluationScope scope)
    {
        using var array = _column.Evaluate(scope);
        var dictionary = array.Data.Dictionary;
        using var computed = dictionary.Length > array.Length ? null : OverValues(dictionary, scope);
        if (computed is null)
            return OverRows(scope);
        var mapped = Dictionaries.WithValues(array, computed, scope.Allocator);
        if (Type is DictionaryType)
            return mapped;
        using (mapped)
            return Dictionaries.Decode(mapped, scope.Allocator);
    }

    /// <summary>Null when a value fails: it may be one that no row has, so the rows must say.</summary>
    private IArrowArray? OverValues(ArrayData dictionary, in EvaluationScope scope)
    {
        using var batch = new RecordBatch(_values, [ArrowArrayFactory.BuildArray(dictionary.Retain())], dictionary.Length);
        try
        {
            return _overValues.Evaluate(scope with { Batch = batch });
        }
        catch (Exception e) when (DataErrors.Is(e))
        {
            return null;
        }
    }

    private IArrowArray OverRows(in EvaluationScope scope)
    {
        if (Type is not DictionaryType)
            return _overRows.Evaluate(scope);
        using var rows = _overRows.Evaluate(scope);
        return Dictionaries.OfRows(rows, scope.Allocator);
    }
}
