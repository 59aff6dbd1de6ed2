using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Internal;

/// <summary>Tells from the bounds of columns that no row of a file, row group or page can satisfy a condition.</summary>
internal static class BoundsPruning
{
    /// <summary>Bounds of texts are cut to so many characters by some writers.</summary>
    private const int CutLength = 32;

    /// <summary>A column, or by the names of fields a part of a struct column, and what is known of its values; null when nothing is.</summary>
    internal delegate (Field Field, StatBounds Bounds)? Lookup(string column, IReadOnlyList<string> fields);

    /// <summary>False only when it is certain that the condition is true for no row.</summary>
    internal static bool MayMatch(Expr condition, Lookup lookup)
    {
        if (condition is not CallExpr call)
            return condition is not LiteralExpr { Value: false };
        return call.Function switch
        {
            FunctionNames.And => call.Children.All(c => MayMatch(c, lookup)),
            FunctionNames.Or => call.Children.Any(c => MayMatch(c, lookup)),
            FunctionNames.IsNull => Find(call.Children[0], lookup) is not { Bounds.NullCount: 0 },
            FunctionNames.IsNotNull => Find(call.Children[0], lookup) is not { Bounds.IsAllNull: true },
            FunctionNames.In => call.Children.Skip(1).Any(value => Compare(FunctionNames.Equal, call.Children[0], value, lookup)),
            FunctionNames.Equal or FunctionNames.Less or FunctionNames.LessOrEqual or FunctionNames.Greater or FunctionNames.GreaterOrEqual =>
                call.Children is [LiteralExpr, not LiteralExpr]
                    ? Compare(Mirror(call.Function), call.Children[1], call.Children[0], lookup)
                    : Compare(call.Function, call.Children[0], call.Children[1], lookup),
            _ => true,
        };
    }

    /// <summary>True only when it is certain that the condition is true for every row.</summary>
    internal static bool MustMatch(Expr condition, Lookup lookup)
    {
        if (condition is not CallExpr call)
            return condition is LiteralExpr { Value: true };
        return call.Function switch
        {
            FunctionNames.And => call.Children.All(c => MustMatch(c, lookup)),
            FunctionNames.Or => call.Children.Any(c => MustMatch(c, lookup)),
            FunctionNames.IsNull => Find(call.Children[0], lookup) is { Bounds.IsAllNull: true },
            FunctionNames.IsNotNull => Find(call.Children[0], lookup) is { Bounds.NullCount: 0 },
            FunctionNames.In => call.Children.Skip(1).Any(value => Holds(FunctionNames.Equal, call.Children[0], value, lookup)),
            FunctionNames.Equal or FunctionNames.Less or FunctionNames.LessOrEqual or FunctionNames.Greater or FunctionNames.GreaterOrEqual =>
                call.Children is [LiteralExpr, ColumnExpr]
                    ? Holds(Mirror(call.Function), call.Children[1], call.Children[0], lookup)
                    : Holds(call.Function, call.Children[0], call.Children[1], lookup),
            _ => false,
        };
    }

    /// <summary>Whether a comparison is true of all values between the bounds. Bounds of floating-point numbers do not tell of NaN, and long texts may be cut.</summary>
    private static bool Holds(string function, Expr column, Expr literal, Lookup lookup)
    {
        if (Find(column, lookup) is not { Bounds: { NullCount: 0, Min: { } min, Max: { } max } } found || found.Field.DataType is FloatType or DoubleType
            || literal is not LiteralExpr { Value: { } clr } || StatValues.FromClr(found.Field, clr) is not { } value || value is string { Length: >= CutLength })
            return false;
        var (low, high) = (StatValues.Compare(min, value), StatValues.Compare(max, value));
        return function switch
        {
            FunctionNames.Equal => low == 0 && high == 0,
            FunctionNames.Less => high < 0,
            FunctionNames.LessOrEqual => high <= 0,
            FunctionNames.Greater => low > 0,
            _ => low >= 0,
        };
    }

    private static bool Compare(string function, Expr column, Expr literal, Lookup lookup)
    {
        if (Find(column, lookup) is not { } found || literal is not LiteralExpr { Value: { } clr })
            return true;
        if (found.Bounds.IsAllNull)
            return false;
        if (StatValues.FromClr(found.Field, clr) is not { } value)
            return true;
        var low = found.Bounds.Min is { } min ? StatValues.Compare(min, value) : -1;
        var high = found.Bounds.Max is { } max ? StatValues.Compare(max, value) : 1;
        return function switch
        {
            FunctionNames.Equal => low <= 0 && high >= 0,
            FunctionNames.Less => low < 0,
            FunctionNames.LessOrEqual => low <= 0,
            FunctionNames.Greater => high > 0,
            _ => high >= 0,
        };
    }

    private static (Field Field, StatBounds Bounds)? Find(Expr expression, Lookup lookup) =>
        ColumnPath.Of(expression) is { } path ? lookup(path.Column, path.Fields) : null;

    private static string Mirror(string function) => function switch
    {
        FunctionNames.Less => FunctionNames.Greater,
        FunctionNames.LessOrEqual => FunctionNames.GreaterOrEqual,
        FunctionNames.Greater => FunctionNames.Less,
        FunctionNames.GreaterOrEqual => FunctionNames.LessOrEqual,
        _ => function,
    };
}
