using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>A condition over the columns of a row holds. A row for which it is null is not checked.</summary>
public sealed class SatisfiesRule : Rule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="condition">The condition.</param>
    public SatisfiesRule(Expr condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        Condition = condition;
        Columns = condition.ColumnNames();
        Parameters = [RuleParameter.Of("condition", condition)];
    }

    /// <summary>The condition.</summary>
    public Expr Condition { get; }

    /// <inheritdoc/>
    public override string Name => "satisfies";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters { get; }

    /// <inheritdoc/>
    public override string Expectation => $"{Condition.Canonical} holds";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(context);
        var condition = context.BindPredicate(Condition, schema);
        return new RowTest((batch, skipped, fails) =>
        {
            using var result = (BooleanArray)condition.Evaluate(batch.Rows, batch.Parameters, batch.Allocator);
            TruthBits.Judge(result, skipped, fails);
        });
    }
}
