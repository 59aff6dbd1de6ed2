using System.Text.Json;
using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality;

/// <summary>Translates the row conditions of newer versions, <c>Column("x") &gt; 5</c> and the like as JSON, into expressions.</summary>
/// <remarks>
/// Missing values are as in conditions of text: comparisons are false, <c>!=</c> and <c>NOT_IN</c> true. Only a comparison of two columns leaves out all rows
/// in which one is missing.
/// </remarks>
internal static class ConditionObject
{
    /// <exception cref="SuiteFormatException">It is no condition; says where.</exception>
    /// <exception cref="FormatException">The condition in text that it holds is not known here.</exception>
    public static Expr Translate(JsonElement condition, string path, string? parser)
    {
        var reader = new RuleReader(condition, path);
        var translated = reader.Text("type") switch
        {
            "comparison" => Comparison(reader),
            "nullity" => Column(reader, "column") is var column && Null(reader) ? column.IsNull() : column.IsNotNull(),
            "column_comparison" => Columns(reader),
            "and" => Parts(reader, parser).Aggregate(static (all, part) => all & part),
            "or" => Parts(reader, parser).Aggregate(static (any, part) => any | part),
            "pass_through" => RowCondition.Translate(reader.Text("pass_through_filter"), parser),
            var other => throw reader.Fault("type", $"'{other}' is none of comparison, nullity, column_comparison, and, or, pass_through."),
        };
        reader.Done();
        return translated;
    }

    private static bool Null(RuleReader reader) => reader.Has("is_null") ? reader.Flag("is_null") : throw reader.Fault("is_null", "it is missing.");

    private static List<Expr> Parts(RuleReader reader, string? parser)
    {
        var parts = reader.Items("conditions") is { Count: > 0 } given ? given : throw reader.Fault("conditions", "at least one condition is wanted.");
        return [.. parts.Select((p, i) => Translate(p, $"{reader.Path}.conditions[{i}]", parser))];
    }

    private static Expr Comparison(RuleReader reader)
    {
        var (column, comparison) = (Column(reader, "column"), reader.Text("operator"));
        if (comparison is "IN" or "NOT_IN")
        {
            var values = reader.Literals("parameter") ?? throw reader.Fault("parameter", "a list is wanted.");
            if (values.Contains(null))
                throw reader.Fault("parameter", "a value is null; write a nullity condition.");
            var found = RowCondition.IsIn(column, values);
            return comparison == "IN" ? found : !found;
        }

        var value = reader.Literal("parameter") ?? throw reader.Fault("parameter", "it is null or missing; write a nullity condition for missing values.");
        return RowCondition.Compare(column, comparison, Lit(value)) ?? throw Unknown(reader, comparison);
    }

    private static Expr Columns(RuleReader reader)
    {
        var (left, comparison, right) = (Column(reader, "column"), reader.Text("operator"), Column(reader, "other_column"));
        var compared = RowCondition.Compare(left, comparison, right) ?? throw Unknown(reader, comparison);
        return left.IsNotNull() & right.IsNotNull() & compared;
    }

    private static SuiteFormatException Unknown(RuleReader reader, string comparison) =>
        reader.Fault("operator", $"'{comparison}' is none of ==, !=, <, <=, >, >=, IN, NOT_IN.");

    /// <summary>A column is an object with its name.</summary>
    private static Expr Column(RuleReader reader, string name)
    {
        var column = new RuleReader(reader.Find(name) ?? throw reader.Fault(name, "it is missing."), $"{reader.Path}.{name}");
        var found = Col(column.Text("name"));
        column.Done();
        return found;
    }
}
