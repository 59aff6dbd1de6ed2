using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>The columns of each row have different values, a missing value being one more value.</summary>
public sealed class DistinctInRowRule : SeveralColumnsRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="columns">The columns, at least two.</param>
    /// <param name="ignored">The rows that are not checked. <value>Default: those in which all are missing.</value></param>
    public DistinctInRowRule(IReadOnlyList<string> columns, IgnoredRows ignored = IgnoredRows.AllMissing)
        : base(columns, 2, ignored)
    {
    }

    /// <inheritdoc/>
    public override string Name => "distinct_in_row";

    /// <inheritdoc/>
    public override string Expectation => $"the values of {List} differ within each row";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(context);
        int[] ordinals = [.. Columns.Select(c => Ordinal(schema, c))];
        var pairs = Pairs(context, schema);
        return BoundRule.PerRow((batch, marks) =>
        {
            MissingRows.Skip(batch, ordinals, Ignored, marks);
            foreach (var pair in pairs)
            {
                using var same = (BooleanArray)pair.Evaluate(batch.Rows, batch.Parameters, batch.Allocator);
                var flags = new Flags(same);
                for (var i = 0; i < marks.Length; i++)
                {
                    if (marks[i] == RowMark.Holds && !flags.IsNull(i) && flags[i])
                        marks[i] = RowMark.Violates;
                }
            }
        });
    }

    private List<BoundExpression> Pairs(BindContext context, Schema schema)
    {
        var pairs = new List<BoundExpression>();
        for (var i = 0; i < Columns.Count; i++)
        {
            for (var j = i + 1; j < Columns.Count; j++)
            {
                var (first, second) = (Expressions.Columns.Col(Columns[i]), Expressions.Columns.Col(Columns[j]));
                var same = Comparable(StoredColumn.Of(schema, Ordinal(schema, Columns[i])), StoredColumn.Of(schema, Ordinal(schema, Columns[j])))
                    ? first.IsNotDistinctFrom(second)
                    // Values of types that cannot be compared are never equal, but two missing ones are.
                    : first.IsNull() & second.IsNull();
                pairs.Add(context.BindPredicate(same, schema));
            }
        }

        return pairs;
    }

    private static bool Comparable(StoredColumn first, StoredColumn second) =>
        first.IsNumber && second.IsNumber ? first.Type.TypeId == second.Type.TypeId || (first.Type is not Apache.Arrow.Types.BooleanType && second.Type is not Apache.Arrow.Types.BooleanType)
        : first.Type.TypeId == second.Type.TypeId;
}
