using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Binds a suite that is held against other datasets too.</summary>
/// <param name="inner">Binds everything else.</param>
/// <param name="references">The schemas of the other datasets, by name.</param>
internal sealed class ReferenceContext(BindContext inner, IReadOnlyDictionary<string, Schema> references) : BindContext
{
    public override IReadOnlyList<BoundNode> Inputs => inner.Inputs;

    public override BoundExpression Bind(Expr expression, Schema schema) => inner.Bind(expression, schema);

    public override BoundExpression BindPredicate(Expr expression, Schema schema) => inner.BindPredicate(expression, schema);

    public override Schema SchemaOf(BatchSource source) => inner.SchemaOf(source);

    /// <summary>The schema of another dataset.</summary>
    /// <exception cref="PlanException">There is no such dataset; the message says which there are.</exception>
    public static Schema SchemaOf(BindContext context, Rule rule, string reference)
    {
        var known = (context as ReferenceContext)?.Known;
        if (known is not null && known.TryGetValue(reference, out var schema))
            return schema;
        var names = known is { Count: > 0 } ? $"there are {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}" : "none was given with the suite";
        throw new PlanException($"Rule '{rule.Name}': there is no reference '{reference}'; {names}.", CheckNode.OperatorName);
    }

    /// <summary>The position of a column of another dataset.</summary>
    /// <exception cref="PlanException">There is no such column; the message says which there are.</exception>
    public static int OrdinalOf(Schema schema, Rule rule, string reference, string column)
    {
        for (var i = 0; i < schema.FieldsList.Count; i++)
        {
            if (string.Equals(schema.FieldsList[i].Name, column, StringComparison.Ordinal))
                return i;
        }

        throw new PlanException(
            $"Rule '{rule.Name}': '{reference}' has no column '{column}'; it has {string.Join(", ", schema.FieldsList.Select(f => f.Name))}.", CheckNode.OperatorName, column);
    }

    private IReadOnlyDictionary<string, Schema> Known => references;
}
