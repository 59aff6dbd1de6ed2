using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Two columns of each row compare as they should. A comparison with a missing value does not hold.</summary>
public sealed class PairRule : SeveralColumnsRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="first">The first column.</param>
    /// <param name="comparison">How it compares with the second.</param>
    /// <param name="second">The second column.</param>
    /// <param name="ignored">The rows that are not checked. <value>Default: those in which both are missing.</value></param>
    /// <param name="lenient">
    /// Whether a column of numbers equals one of text where both are written alike, instead of being refused. <value>Default: false.</value>
    /// </param>
    public PairRule(string first, PairComparison comparison, string second, IgnoredRows ignored = IgnoredRows.AllMissing, bool lenient = false)
        : base([first, second], 2, ignored) => (Comparison, IsLenient) = (comparison, lenient);

    /// <summary>How the first column compares with the second.</summary>
    public PairComparison Comparison { get; }

    /// <summary>Whether a column of numbers equals one of text where both are written alike.</summary>
    public bool IsLenient { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => IsLenient ? [.. base.Parameters, RuleParameter.Of("lenient", true)] : base.Parameters;

    /// <inheritdoc/>
    public override string Name => Comparison switch
    {
        PairComparison.Equal => "pair_equal",
        PairComparison.Greater => "pair_greater",
        _ => "pair_at_least",
    };

    /// <inheritdoc/>
    public override string Expectation => $"{Columns[0]} {Comparison switch
    {
        PairComparison.Equal => "equals",
        PairComparison.Greater => "is greater than",
        _ => "is at least",
    }} {Columns[1]}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(context);
        int[] ordinals = [Ordinal(schema, Columns[0]), Ordinal(schema, Columns[1])];
        var (first, second) = (Expressions.Columns.Col(Columns[0]), Expressions.Columns.Col(Columns[1]));
        var condition = context.BindPredicate(
            Comparison switch
            {
                PairComparison.Equal => IsLenient ? LooseEquality.Fit(first == second, schema) : first == second,
                PairComparison.Greater => first > second,
                _ => first >= second,
            },
            schema);
        return new RowTest((batch, skipped, fails) =>
        {
            MissingRows.Skip(batch, ordinals, Ignored, skipped);
            using var result = (BooleanArray)condition.Evaluate(batch.Rows, batch.Parameters, batch.Allocator);
            TruthBits.NotTrue(result, fails);
        });
    }
}
