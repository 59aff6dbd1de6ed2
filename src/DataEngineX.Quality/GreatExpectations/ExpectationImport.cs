using System.Text.Json;
using DataEngineX.Expressions;

namespace DataEngineX.Quality;

/// <summary>Makes rules from expectations.</summary>
internal static partial class ExpectationImport
{
    /// <summary>Arguments any expectation may have that change no verdict here.</summary>
    private static readonly string[] Around =
    [
        "result_format", "catch_exceptions", "include_config", "meta", "batch_id", "profiler_config", "notes", "severity", "windows", "parse_strings_as_datetimes",
    ];

    /// <summary>Arguments that change what is expected, in ways that do not exist here, when they are true.</summary>
    private static readonly (string Name, string Reason)[] Refused =
    [
        ("allow_cross_type_comparisons", "a column has one type here, and a bound of another is an error; Great Expectations has no such argument any more."),
        ("auto", "no bounds are found by a profiler here; let a profile suggest rules instead."),
    ];

    /// <summary>The names that expectations had in earlier versions.</summary>
    private static readonly Dictionary<string, string> EarlierNames = new(StringComparer.Ordinal)
    {
        ["expect_column_pair_values_A_to_be_greater_than_B"] = "expect_column_pair_values_a_to_be_greater_than_b",
        ["expect_multicolumn_values_to_be_unique"] = "expect_select_column_values_to_be_unique_within_record",
    };

    /// <summary>Expectations that exist but have no meaning here, with the reason.</summary>
    private static readonly Dictionary<string, string> Unanswered = new(StringComparer.Ordinal)
    {
        ["expect_query_results_to_match_comparison"] = "it is a query in SQL.",
        ["expect_file_hash_to_equal"] = "it looks at files.",
    };

    /// <summary>A word for how much a failure matters, where it stands among the arguments.</summary>
    public static Severity? SeverityOf(RuleReader reader) => reader.Has("severity")
        ? reader.Word<Severity?>("severity", null, ("critical", Severity.Critical), ("warning", Severity.Warning), ("info", Severity.Info))
        : null;

    public static bool Knows(string type) => Makers.ContainsKey(EarlierNames.GetValueOrDefault(type, type)) || Unanswered.ContainsKey(type);

    /// <summary>The rule of an expectation; one that only says what is wrong where there is none.</summary>
    public static SuiteRule Rule(GreatExpectation expectation, string path, IReadOnlyDictionary<string, object?> parameters, TimeProvider clock)
    {
        try
        {
            if (Unanswered.TryGetValue(expectation.Type, out var reason))
                throw new FormatException($"{expectation.Type} is not evaluated: {reason}");
            var arguments = ExpectationArguments.Fill(expectation.Kwargs, parameters, clock);
            var readsTimes = TimeArguments.Has(arguments);
            var reader = new RuleReader(readsTimes ? TimeArguments.Read(arguments) : arguments, path);
            foreach (var name in Around)
                _ = reader.Find(name);
            Refuse(reader);
            ResultShape.Check(reader);
            var where = Where(reader);
            var rule = Makers[EarlierNames.GetValueOrDefault(expectation.Type, expectation.Type)](reader);
            var isMap = !IsAggregate(rule);
            var entry = new SuiteRule(readsTimes ? TimeArguments.Wrap(rule) : rule) { Mostly = isMap ? reader.Number("mostly") : null, Where = where };
            reader.Done();
            return entry;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or SuiteFormatException or PlanException or OverflowException)
        {
            return new SuiteRule(new InvalidRule(error is SuiteFormatException ? error.Message : $"{path}: {RuleText.Reason(error)}"));
        }
    }

    private static void Refuse(RuleReader reader)
    {
        foreach (var (name, reason) in Refused)
        {
            if (reader.Flag(name))
                throw reader.Fault(name, reason);
        }
    }

    internal static bool IsAggregate(Rule rule) => rule is AggregateRule or QuantilesRule or DistinctValuesRule or MostCommonRule or DivergenceRule
        or SchemaRule or RowCountRule or SameAsRule or MovingDeviationRule or ChiSquareRule or AssociationRule or KolmogorovSmirnovRule or SameDistributionRule
        or CompletenessRule
        or InvalidRule;

    /// <summary>The row condition, as text or as an object; null for none.</summary>
    private static Expr? Where(RuleReader reader)
    {
        var parser = reader.OptionalText("condition_parser");
        if (reader.Find("row_condition") is { ValueKind: JsonValueKind.Object } condition)
            return ConditionObject.Translate(condition, $"{reader.Path}.row_condition", parser);
        if (reader.OptionalText("row_condition") is { Length: > 0 } text)
            return RowCondition.Translate(text, parser);
        // A language is checked even where there is nothing in it.
        if (parser is not null)
            _ = RowCondition.Translate("True", parser);
        return null;
    }

    private static IgnoredRows Pair(RuleReader r) => r.Word(
        "ignore_row_if",
        IgnoredRows.AllMissing,
        ("both_values_are_missing", IgnoredRows.AllMissing),
        ("either_value_is_missing", IgnoredRows.AnyMissing),
        ("neither", IgnoredRows.None),
        ("never", IgnoredRows.None));

    private static IgnoredRows Several(RuleReader r) => r.Word(
        "ignore_row_if",
        IgnoredRows.AllMissing,
        ("all_values_are_missing", IgnoredRows.AllMissing),
        ("any_value_is_missing", IgnoredRows.AnyMissing),
        ("never", IgnoredRows.None));

    private static PatternMatch Match(RuleReader r) => r.Word("match_on", PatternMatch.Any, ("any", PatternMatch.Any), ("all", PatternMatch.All));

    private static IReadOnlyList<string> Texts(RuleReader r, string name) => r.Texts(name) ?? throw r.Fault(name, "it is missing.");

    /// <summary>A whole number, also one written as 4.0.</summary>
    private static long? Whole(RuleReader r, string name) => r.Find(name) is not { } value || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number == Math.Floor(number) && Math.Abs(number) < 1e18 ? (long)number
        : throw r.Fault(name, "min_value, max_value and value must be integers.");

    private static long Value(RuleReader r) => Whole(r, "value") ?? throw r.Fault("value", "it is missing.");
}
