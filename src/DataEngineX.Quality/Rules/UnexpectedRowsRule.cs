using System.Text.RegularExpressions;
using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Delta.Sql;
using DataEngineX.Lakehouse.Sql;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>No row is found by a query in SQL: <c>SELECT * FROM {batch} WHERE</c> and a condition.</summary>
/// <remarks>
/// The condition is that of <c>SqlCondition</c>; columns are matched exactly. What means one thing to some databases and another to others is refused: double
/// quotes and division; so is all that is more than rows and a condition: joins, groups, limits, queries within the query. A row is found where the
/// condition is true, not where it is null.
/// </remarks>
public sealed partial class UnexpectedRowsRule : Rule
{
    private readonly Expr? _condition;
    private readonly IReadOnlyList<string> _selected;

    /// <summary>Creates the rule.</summary>
    /// <param name="query">The query.</param>
    /// <exception cref="ArgumentException">The query is none of those understood; the message says why.</exception>
    public UnexpectedRowsRule(string query)
    {
        ArgumentException.ThrowIfNullOrEmpty(query);
        var parts = Form().Match(query);
        if (!parts.Success)
            throw Refused(query, "only SELECT, * or columns, FROM {batch}, and WHERE with a condition are understood");
        if (query.Contains('"', StringComparison.Ordinal))
            throw Refused(query, "double quotes are names to some databases and texts to others; write names in ` and texts in '");
        Query = query;
        _selected = [.. parts.Groups["column"].Captures.Select(c => c.Value.Trim('`'))];
        if (parts.Groups["condition"] is { Success: true } condition)
            _condition = Parsed(query, condition.Value);
        Columns = [.. _selected.Concat(_condition?.ColumnNames() ?? []).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The query.</summary>
    public string Query { get; }

    /// <inheritdoc/>
    public override string Name => "unexpected_rows";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("query", Query)];

    /// <inheritdoc/>
    public override string Expectation => $"no row is found by {Query}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var column in Columns)
            _ = Ordinal(schema, column);
        int[] shown = [.. _selected.Count == 0 ? Enumerable.Range(0, schema.FieldsList.Count) : _selected.Select(c => Ordinal(schema, c))];
        return new RowTest(_condition is null ? static (batch, _, fails) => RowBits.Fill(fails, batch.Length) : Tester(context.BindPredicate(Fitted(schema), schema)))
        {
            Shown = shown,
        };
    }

    private static RowTester Tester(BoundExpression condition) => (batch, _, fails) =>
    {
        using var result = (BooleanArray)condition.Evaluate(batch.Rows, batch.Parameters, batch.Allocator);
        TruthBits.True(result, fails);
    };

    private Expr Fitted(Schema schema)
    {
        try
        {
            return _condition!.Rewrite(new SqlBinding(schema).Bind);
        }
        catch (FormatException error)
        {
            throw new PlanException($"Rule '{Name}': the query ({Query}) does not fit the rows: {error.Message}.", CheckNode.OperatorName);
        }
    }

    private static Expr Parsed(string query, string condition)
    {
        try
        {
            var parsed = SqlParser.Parse(condition, SqlDialect.Condition);
            return Divides(parsed) ? throw Refused(query, "whole numbers divide to whole ones in some databases and to fractions in others") : parsed;
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw Refused(query, error.Message);
        }
    }

    private static bool Divides(Expr expression) =>
        expression is CallExpr { Function: FunctionNames.Divide } || (expression is CallExpr call && call.Children.Any(Divides));

    private static ArgumentException Refused(string query, string reason) => new($"The query ({query}) is not understood: {reason}.", nameof(query));

    [GeneratedRegex(
        @"^\s*SELECT\s+(?:\*|(?<column>`[^`]+`|[A-Za-z_]\w*)(?:\s*,\s*(?<column>`[^`]+`|[A-Za-z_]\w*))*)\s+FROM\s+\{batch\}(?:\s+WHERE\s+(?<condition>.+?))?\s*;?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Form();
}
