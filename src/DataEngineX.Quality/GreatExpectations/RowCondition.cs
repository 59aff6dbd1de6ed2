using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality;

/// <summary>Translates row conditions, those of pandas and those of Great Expectations itself (<c>col("x") &gt; 1</c>), into expressions.</summary>
/// <remarks>A comparison with a missing value is false as in pandas, and <c>!=</c> and <c>not in</c> are true, so that <c>not</c> means what it means there.</remarks>
internal static class RowCondition
{
    /// <exception cref="FormatException">The condition or its language is not known here.</exception>
    public static Expr Translate(string condition, string? parser) => parser switch
    {
        null or "pandas" or "great_expectations" or "great_expectations__experimental__" => Condition(PythonParser.Parse(condition)),
        "spark" => throw new FormatException("The condition is in the language of Spark; only those of pandas and great_expectations are understood."),
        _ => throw new FormatException($"'{parser}' is not a valid enumeration member of condition parsers; there are pandas and great_expectations."),
    };

    private static Expr Condition(PythonNode node) => node switch
    {
        PythonNode.Binary { Operator: "and" } both => Condition(both.Left) & Condition(both.Right),
        PythonNode.Binary { Operator: "or" } either => Condition(either.Left) | Condition(either.Right),
        PythonNode.Unary { Operator: "not" } not => !Condition(not.Operand),
        PythonNode.Compare compare => Compare(compare),
        PythonNode.Call { Function: PythonNode.Member method } call => Method(method, call),
        PythonNode.Constant { Value: bool flag } => Lit(flag),
        PythonNode.Name or PythonNode.Call => Value(node).IfNull(Lit(false)),
        _ => throw new FormatException("A row condition is a comparison, or several with and, or and not."),
    };

    private static Expr Compare(PythonNode.Compare compare)
    {
        if (compare.Right is PythonNode.Items list)
            return In(Value(compare.Left), list, compare.Operator);
        if (compare.Left is PythonNode.Items reversed && compare.Operator is "==" or "!=")
            return In(Value(compare.Right), (PythonNode.Items)compare.Left, compare.Operator);
        if (IsNone(compare.Left) || IsNone(compare.Right))
            // Nothing equals None in pandas, not even a missing value.
            return Lit(compare.Operator == "!=");
        return Compare(Value(compare.Left), compare.Operator, Value(compare.Right))
            ?? throw new FormatException($"'{compare.Operator}' needs a list at its right.");
    }

    /// <summary>A comparison; null where there is none of the name.</summary>
    public static Expr? Compare(Expr left, string comparison, Expr right) =>
        comparison switch
        {
            "==" => (left == right).IfNull(Lit(false)),
            "!=" => (left != right).IfNull(Lit(true)),
            "<" => (left < right).IfNull(Lit(false)),
            "<=" => (left <= right).IfNull(Lit(false)),
            ">" => (left > right).IfNull(Lit(false)),
            ">=" => (left >= right).IfNull(Lit(false)),
            _ => null,
        };

    private static bool IsNone(PythonNode node) => node is PythonNode.Constant { Value: null };

    private static Expr In(Expr value, PythonNode.Items list, string comparison)
    {
        var found = IsIn(value, [.. list.Values.Select(Constant)]);
        return comparison is "==" or "in" ? found : comparison is "!=" or "not in" ? !found : throw new FormatException($"'{comparison}' cannot compare with a list.");
    }

    /// <summary>Whether a value is one of some, a missing one among them where null is.</summary>
    public static Expr IsIn(Expr value, IReadOnlyList<object?> values)
    {
        var found = values.OfType<object>().Any() ? value.IsIn(values.OfType<object>()).IfNull(Lit(false)) : Lit(false);
        return values.Contains(null) ? found | value.IsNull() : found;
    }

    private static object? Constant(PythonNode node) => node switch
    {
        PythonNode.Constant constant => constant.Value,
        PythonNode.Unary { Operator: "-", Operand: PythonNode.Constant { Value: long number } } => -number,
        PythonNode.Unary { Operator: "-", Operand: PythonNode.Constant { Value: double number } } => -number,
        _ => throw new FormatException("A list in a row condition holds constants."),
    };

    private static Expr Method(PythonNode.Member method, PythonNode.Call call)
    {
        if (method is { Text: "isin" } && call.Arguments is [PythonNode.Items list])
            return In(Value(method.Target), list, "in");
        if (method is { Text: "between" } && call.Arguments is [var low, var high])
            return (Value(method.Target) >= Value(low)).IfNull(Lit(false)) & (Value(method.Target) <= Value(high)).IfNull(Lit(false));
        if (call.Arguments.Count == 0)
        {
            switch (method.Text.ToLowerInvariant())
            {
                case "isnull" or "isna" or "is_null":
                    return Value(method.Target).IsNull();
                case "notnull" or "notna" or "is_not_null":
                    return Value(method.Target).IsNotNull();
            }
        }

        if (method.Target is PythonNode.Member { Text: "str" } text && call.Arguments is [PythonNode.Constant { Value: string pattern }, ..])
        {
            var target = Value(text.Target);
            var plain = call.Named.TryGetValue("regex", out var regex) && regex is PythonNode.Constant { Value: false };
            return (method.Text switch
            {
                "contains" => plain ? target.Contains(Lit(pattern)) : target.MatchesRegex(PythonRegex.Translate(pattern)),
                "startswith" => target.StartsWith(Lit(pattern)),
                "endswith" => target.EndsWith(Lit(pattern)),
                "match" => target.MatchesRegex("^(?:" + PythonRegex.Translate(pattern) + ")"),
                "fullmatch" => target.MatchesRegex("^(?:" + PythonRegex.Translate(pattern) + ")\\z"),
                _ => throw Unknown(method.Text),
            }).IfNull(Lit(false));
        }

        throw Unknown(method.Text);
    }

    private static FormatException Unknown(string name) => new($"'{name}' is not known in a row condition.");

    private static Expr Value(PythonNode node) => node switch
    {
        PythonNode.Name name => Col(name.Text),
        PythonNode.Constant constant => Lit(constant.Value),
        PythonNode.Unary { Operator: "-", Operand: PythonNode.Constant { Value: long number } } => Lit(-number),
        PythonNode.Unary { Operator: "-", Operand: PythonNode.Constant { Value: double number } } => Lit(-number),
        PythonNode.Unary { Operator: "-" } minus => -Value(minus.Operand),
        PythonNode.Binary { Operator: "+" } sum => Value(sum.Left) + Value(sum.Right),
        PythonNode.Binary { Operator: "-" } difference => Value(difference.Left) - Value(difference.Right),
        PythonNode.Binary { Operator: "*" } product => Value(product.Left) * Value(product.Right),
        PythonNode.Binary { Operator: "/" } quotient => Value(quotient.Left) / Value(quotient.Right),
        PythonNode.Binary { Operator: "%" } rest => Value(rest.Left) % Value(rest.Right),
        PythonNode.Binary { Operator: "**" } power => Value(power.Left).Pow(Value(power.Right)),
        PythonNode.Call { Function: PythonNode.Name { Text: "col" }, Arguments: [PythonNode.Constant { Value: string column }] } => Col(column),
        PythonNode.Call { Function: PythonNode.Name { Text: "date" }, Arguments: [PythonNode.Constant { Value: string date }] } => Lit(DateOf(date)),
        PythonNode.Call { Function: PythonNode.Name { Text: "abs" }, Arguments: [var argument] } => Value(argument).Abs(),
        PythonNode.Call { Function: PythonNode.Member { Text: "len", Target: PythonNode.Member { Text: "str" } text }, Arguments: [] } => Value(text.Target).Length(),
        PythonNode.Call { Function: PythonNode.Member { Text: "lower", Target: PythonNode.Member { Text: "str" } text }, Arguments: [] } => Value(text.Target).Lower(),
        PythonNode.Call { Function: PythonNode.Member { Text: "upper", Target: PythonNode.Member { Text: "str" } text }, Arguments: [] } => Value(text.Target).Upper(),
        PythonNode.Call { Function: PythonNode.Member { Text: "strip", Target: PythonNode.Member { Text: "str" } text }, Arguments: [] } => Value(text.Target).Trim(),
        PythonNode.Call { Function: PythonNode.Name name } => throw Unknown(name.Text),
        _ => throw new FormatException("This is no value in a row condition."),
    };

    private static object DateOf(string text) => DateTime.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var time)
        ? time
        : throw new FormatException($"'{text}' is no date.");
}
