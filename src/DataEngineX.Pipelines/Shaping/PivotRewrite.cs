using System.Globalization;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>A pivot as a group-by: an aggregate ignores nulls, so that what it must not see is null to it.</summary>
internal static class PivotRewrite
{
    public static GroupByNode Of(PivotNode pivot, Schema input) => new(pivot.Inputs[0], pivot.Keys ?? RemainingKeys(pivot, input), Columns(pivot));

    /// <summary>Refuses values and names that no column can be made of.</summary>
    public static void Demand(PivotNode pivot)
    {
        var names = new HashSet<string>(pivot.Keys?.Select(k => k.Name) ?? [], StringComparer.Ordinal);
        foreach (var name in Columns(pivot).Select(c => c.Name))
        {
            if (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl))
                throw new PlanException($"The value {Plans.CanonicalWriter.Quote(name)} makes no name of a column: derive the column with a text for it before.", pivot.Operator);
            if (!names.Add(name))
                throw new PlanException($"The column '{name}' is made twice: leave out the value, or name the aggregate or the key otherwise.", pivot.Operator, name);
        }
    }

    private static List<Aggregate> Columns(PivotNode pivot)
    {
        var columns = new List<Aggregate>();
        foreach (var value in pivot.Values)
        {
            var name = NameOf(value, pivot.Operator);
            foreach (var aggregate in pivot.Aggregates)
                columns.Add(Only(aggregate, pivot.On == value).As(pivot.Aggregates.Count == 1 ? name : $"{name}_{aggregate.Name}"));
        }

        return columns;
    }

    /// <summary>The aggregate over the rows for which a condition holds; a count of rows counts a literal.</summary>
    private static Aggregate Only(Aggregate aggregate, Expr condition) => aggregate with
    {
        Kind = aggregate.Kind == AggregateKind.CountAll ? AggregateKind.Count : aggregate.Kind,
        Value = Expressions.Columns.If(condition, aggregate.Value ?? new LiteralExpr(1), new LiteralExpr(null)),
        Other = aggregate.Other is null ? null : Expressions.Columns.If(condition, aggregate.Other, new LiteralExpr(null)),
    };

    private static List<NamedExpr> RemainingKeys(PivotNode pivot, Schema input)
    {
        var read = pivot.Aggregates.SelectMany(a => new[] { a.Value, a.Other }).OfType<Expr>().Append(pivot.On)
            .SelectMany(e => e.ColumnNames()).ToHashSet(StringComparer.Ordinal);
        return [.. input.FieldsList.Where(f => !read.Contains(f.Name)).Select(f => (NamedExpr)f.Name)];
    }

    private static string NameOf(Expr value, string @operator) => value is LiteralExpr literal
        ? literal.Value switch
        {
            null => "null",
            string text => text,
            bool flag => flag ? "true" : "false",
            DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
            DateTime or DateTimeOffset => ((IFormattable)literal.Value).ToString("O", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new PlanException($"{literal.Canonical} makes no name of a column: derive the column with a text for it before.", @operator),
        }
        : throw new PlanException($"{value.Canonical} is not known before the run: give literals.", @operator);
}
