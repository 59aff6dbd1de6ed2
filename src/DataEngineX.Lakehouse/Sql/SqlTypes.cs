using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse.Sql;

/// <summary>Finds out whether a condition is one for rows of a schema, and if it is not, which of the words in it is to blame.</summary>
/// <param name="sql">The condition.</param>
/// <param name="schema">The columns of the rows.</param>
/// <param name="binding">Finds the columns.</param>
/// <param name="texts">Where in it its parts were written.</param>
internal sealed class SqlTypes(string sql, Schema schema, SqlBinding binding, IReadOnlyDictionary<Expr, Range> texts)
{
    /// <summary>The condition as the engine takes it.</summary>
    /// <param name="parsed">As it was written.</param>
    /// <exception cref="FormatException">A part of it cannot be; says which, in the words of the text.</exception>
    internal Expr Check(Expr parsed)
    {
        var bound = parsed.Rewrite(binding.Bind);
        if (TypeOf(bound) is not { } type)
            throw new FormatException(Blame(parsed, "it").Why ?? "its types do not fit");
        return type switch
        {
            BooleanType => bound,

            // As of a condition that is null for every row, nothing comes of it.
            NullType => bound.Cast(BooleanType.Default),
            _ => throw new FormatException($"it is {ArrowTypes.NameOf(type)} where a condition is true or false"),
        };
    }

    /// <summary>The part furthest inside that the engine does not take.</summary>
    /// <param name="node">A part as it was written.</param>
    /// <param name="around">The text of what it is in.</param>
    private (Expr Bound, string? Why) Blame(Expr node, string around)
    {
        var text = texts.TryGetValue(node, out var place) ? sql[place] : around;
        var children = new List<Expr>(node.Children.Count);
        foreach (var child in node.Children)
        {
            var (inner, why) = Blame(child, text);
            if (why is not null)
                return (node, why);
            children.Add(inner);
        }

        var bound = binding.Bind(children.Count == 0 ? node : node.WithChildren(children));
        if (TypeOf(bound) is not null)
            return (bound, null);
        var types = string.Join(" and ", children.Where(c => c is not LiteralExpr { Value: null }).Select(c => TypeOf(c) is { } type ? ArrowTypes.NameOf(type) : "what is not known"));
        return (bound, bound is CastExpr cast ? $"'{text}' makes no {ArrowTypes.NameOf(cast.Type)} of {types}" : $"'{text}' has no meaning for {(types.Length == 0 ? "nothing" : types)}");
    }

    private IArrowType? TypeOf(Expr expression)
    {
        try
        {
            return ExpressionBinder.Bind(expression, schema).Type;
        }
        catch (Exception e) when (e is PlanException or ArgumentException)
        {
            return null;
        }
    }
}
