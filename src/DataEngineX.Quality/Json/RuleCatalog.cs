using DataEngineX.Expressions;

namespace DataEngineX.Quality;

/// <summary>The rules a suite in JSON can hold, by name: those of this package, and those one adds.</summary>
public sealed class RuleCatalog
{
    private readonly Dictionary<string, Func<RuleReader, Rule>> _rules = new(StringComparer.Ordinal);

    /// <summary>A catalogue of the rules of this package.</summary>
    public RuleCatalog()
    {
        AddValues();
        AddAggregates();
        AddSeveral();
        AddDatasets();
    }

    /// <summary>The names of the rules, in order.</summary>
    public IReadOnlyList<string> Names => [.. _rules.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Adds a rule of one's own.</summary>
    /// <param name="name">Its <see cref="Rule.Name"/>.</param>
    /// <param name="read">Makes the rule from its parameters, which have the names and values of <see cref="Rule.Parameters"/>.</param>
    /// <exception cref="ArgumentException">There is a rule of this name.</exception>
    public RuleCatalog Add(string name, Func<RuleReader, Rule> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(read);
        if (!_rules.TryAdd(name, read))
            throw new ArgumentException($"There is a rule '{name}' already.", nameof(name));
        return this;
    }

    internal Rule Read(string name, RuleReader reader)
    {
        if (!_rules.TryGetValue(name, out var read))
            throw reader.Fault("rule", $"there is no rule '{name}'; there are {string.Join(", ", Names)}.");
        try
        {
            return read(reader);
        }
        catch (ArgumentException error)
        {
            throw new SuiteFormatException(reader.Path, RuleText.Reason(error), error);
        }
    }

    private static IgnoredRows Ignored(RuleReader r) => r.Word(
        "ignore", IgnoredRows.AllMissing, ("all_missing", IgnoredRows.AllMissing), ("any_missing", IgnoredRows.AnyMissing), ("none", IgnoredRows.None));

    private static (string First, string Second) Pair(RuleReader r)
    {
        var columns = r.Columns();
        return columns.Count == 2 ? (columns[0], columns[1]) : throw r.Fault("columns", "two columns are wanted.");
    }

    private static IReadOnlyList<object?[]> Pairs(RuleReader r, string name) =>
    [
        .. (r.Items(name) ?? throw r.Fault(name, "it is missing.")).Select((p, i) =>
            p.ValueKind == System.Text.Json.JsonValueKind.Array && p.GetArrayLength() == 2
                ? new[] { RuleReader.LiteralOf(p[0], $"{r.Path}.{name}[{i}][0]"), RuleReader.LiteralOf(p[1], $"{r.Path}.{name}[{i}][1]") }
                : throw r.Fault($"{name}[{i}]", "a list of two is wanted.")),
    ];

    private static PatternMatch Match(RuleReader r) => r.Word("match", PatternMatch.Any, ("any", PatternMatch.Any), ("all", PatternMatch.All));

    private static IReadOnlyList<string> Patterns(RuleReader r) =>
        r.OptionalText("pattern") is { } pattern ? [pattern] : r.Texts("patterns") ?? throw r.Fault("patterns", "it is missing.");

    private static CalendarUnit Unit(RuleReader r) => r.Word(
        "unit", CalendarUnit.Day, [.. Enum.GetValues<CalendarUnit>().Where(u => u <= CalendarUnit.Second).Select(u => (u.ToString().ToLowerInvariant(), u))]);

    private static int Small(RuleReader r, string name, int otherwise) => r.Whole(name) is not { } number ? otherwise
        : number is >= int.MinValue and <= int.MaxValue ? (int)number
        : throw r.Fault(name, "the number is too large.");

    private static Resampling? Resampled(RuleReader r)
    {
        var (samples, size) = (r.Whole("samples") is null ? 0 : Small(r, "samples", 0), r.Whole("sample_size") is null ? (int?)null : Small(r, "sample_size", 0));
        return r.Has("samples") ? new Resampling(samples, size) : size is null ? null : throw r.Fault("samples", "it is missing.");
    }

    private static T Required<T>(RuleReader r, string name, T? value)
        where T : class => value ?? throw r.Fault(name, "it is missing.");

    private static Partition? Expected(RuleReader r)
    {
        if (!r.Has("weights") && !r.Has("values") && !r.Has("edges"))
            return null;
        var weights = Required(r, "weights", r.Numbers("weights"));
        return r.Has("values")
            ? Partition.OfValues([.. Required(r, "values", r.Literals("values")).Select(v => v ?? throw r.Fault("values", "a value is null."))], weights)
            : Partition.OfIntervals(Required(r, "edges", r.Numbers("edges")), weights, r.Numbers("tail_weights"));
    }

    private static QuantilesRule Quantiles(RuleReader r)
    {
        var quantiles = Required(r, "quantiles", r.Numbers("quantiles"));
        var ranges = Pairs(r, "ranges");
        if (ranges.Count != quantiles.Count)
            throw r.Fault("ranges", $"{quantiles.Count} ranges are wanted, one a quantile.");
        return new QuantilesRule(
            r.Column(),
            [.. quantiles.Zip(ranges, (q, b) => new QuantileBand(q, b[0], b[1]))],
            r.Word("interpolation", QuantileInterpolation.Nearest, [.. Enum.GetValues<QuantileInterpolation>().Select(i => (QuantilesRule.NameOf(i), i))]));
    }

    /// <summary>A rule within a rule.</summary>
    private Rule? Inner(RuleReader r, string name)
    {
        if (r.Find(name) is not { } found)
            return null;
        var inner = new RuleReader(found, $"{r.Path}.{name}");
        var rule = Read(inner.Text("rule"), inner);
        inner.Done();
        return rule;
    }

    private void AddValues()
    {
        Add("not_null", r => new NotNullRule(r.Column()));
        Add("null", r => new NullRule(r.Column()));
        Add("unique", r => new UniqueRule([.. r.Columns()]) { Ignored = Ignored(r) });
        Add("between", r => new BetweenRule(r.Column(), r.Literal("min"), r.Literal("max"), r.Flag("strict_min"), r.Flag("strict_max")));
        Add("in_set", r => new InSetRule(r.Column(), r.Literals("values"), negated: false, r.Flag("lenient")));
        Add("not_in_set", r => new InSetRule(r.Column(), r.Literals("values"), negated: true, r.Flag("lenient")));
        Add("regex", r => new RegexRule(r.Column(), Patterns(r), Match(r), negated: false, r.Flag("backtracking")));
        Add("not_regex", r => new RegexRule(r.Column(), Patterns(r), PatternMatch.Any, negated: true, r.Flag("backtracking")));
        Add("like", r => new LikeRule(r.Column(), Patterns(r), Match(r)));
        Add("not_like", r => new LikeRule(r.Column(), Patterns(r), PatternMatch.Any, negated: true));
        Add("length", r => new LengthRule(r.Column(), r.Whole("min"), r.Whole("max"), r.Flag("strict_min"), r.Flag("strict_max")));
        Add("format", r => new FormatRule(r.Column(), r.Word("format", TextFormat.Trimmed, [.. Enum.GetValues<TextFormat>().Select(f => (TextFormats.NameOf(f), f))])));
        Add("time_format", r => new TimeFormatRule(
            r.Column(), r.Text("format"), r.Word("style", TimeFormatStyle.DotNet, ("dotnet", TimeFormatStyle.DotNet), ("strftime", TimeFormatStyle.Strftime))));
        Add("date_text", r => new DateTextRule(r.Column()));
        Add("json_text", r => new JsonTextRule(r.Column()));
        Add("json_schema", r => new JsonSchemaRule(r.Column(), (r.Find("schema") ?? throw r.Fault("schema", "it is missing.")).GetRawText()));
        Add("increasing", r => new DirectionRule(r.Column(), decreasing: false, r.Flag("strictly")));
        Add("decreasing", r => new DirectionRule(r.Column(), decreasing: true, r.Flag("strictly")));
        Add("z_score", r => new ZScoreRule(r.Column(), r.Number("threshold") ?? throw r.Fault("threshold", "it is missing."), r.Flag("double_sided", otherwise: true)));
        Add("of_type", r => new TypeRule(r.Column(), r.Texts("types")));
        Add("text_times", r => new TextTimesRule(Required(r, "of", Inner(r, "of"))));
        Add("unexpected_rows", r => new UnexpectedRowsRule(r.Text("query")));
        Add("satisfies", r => new SatisfiesRule(ExprJson.Read(r.Find("condition") ?? throw r.Fault("condition", "it is missing."), $"{r.Path}.condition")));
    }

    private void AddAggregates()
    {
        foreach (var aggregate in Enum.GetValues<ColumnAggregate>())
        {
            Add(AggregateRule.NameOf(aggregate), r => new AggregateRule(
                r.Column(), aggregate, r.Literal("min"), r.Literal("max"), r.Flag("strict_min"), r.Flag("strict_max")));
        }

        Add("quantiles", Quantiles);
        Add("distinct_in_set", r => new DistinctValuesRule(r.Column(), SetRelation.Within, r.Literals("values")));
        Add("distinct_contain", r => new DistinctValuesRule(r.Column(), SetRelation.Contains, r.Literals("values")));
        Add("distinct_equal", r => new DistinctValuesRule(r.Column(), SetRelation.Equals, r.Literals("values")));
        Add("most_common", r => new MostCommonRule(r.Column(), r.Literals("values"), r.Flag("ties_allowed")));
        Add("divergence", r => new DivergenceRule(r.Column(), Expected(r), r.Number("threshold"), r.Number("tail_holdout") ?? 0, r.Number("internal_holdout") ?? 0));
        Add("chi_square", r => new ChiSquareRule(r.Column(), Required(r, "weights", Expected(r)), r.Number("probability") ?? 0.05, r.Number("holdout") ?? 0));
        Add("kolmogorov_smirnov", r => new KolmogorovSmirnovRule(r.Column(), DistributionReader.Read(r), r.Number("probability") ?? 0.05, Resampled(r)));
        Add("no_gaps", r => new GapsRule(r.Column(), Unit(r), Small(r, "count", 1)));
        Add("moving_deviation", r => new MovingDeviationRule(
            Pair(r).First, Pair(r).Second, Unit(r), r.Number("sigma") ?? 3, Small(r, "trend", 7), Small(r, "test", 14), Small(r, "differences", 1), r.Flag("logarithms", otherwise: true)));
        Add("freshness", r => new FreshnessRule(r.Column(), TimeSpan.TryParse(r.Text("span"), System.Globalization.CultureInfo.InvariantCulture, out var span)
            ? span
            : throw r.Fault("span", "a span such as 1.00:00:00 is wanted.")));
    }

    private void AddSeveral()
    {
        Add("pair_equal", r => new PairRule(Pair(r).First, PairComparison.Equal, Pair(r).Second, Ignored(r), r.Flag("lenient")));
        Add("pair_greater", r => new PairRule(Pair(r).First, PairComparison.Greater, Pair(r).Second, Ignored(r), r.Flag("lenient")));
        Add("pair_at_least", r => new PairRule(Pair(r).First, PairComparison.GreaterOrEqual, Pair(r).Second, Ignored(r), r.Flag("lenient")));
        Add("pair_in_set", r => new PairInSetRule(Pair(r).First, Pair(r).Second, Pairs(r, "pairs").Select(p => (p[0], p[1])), Ignored(r)));
        Add("distinct_in_row", r => new DistinctInRowRule(r.Columns(), Ignored(r)));
        Add("row_sum", r => new RowSumRule(r.Columns(), Required(r, "total", r.Literal("total")), Ignored(r)));
        Add("completeness", r => new CompletenessRule(r.Columns(), r.Number("min"), r.Number("max"), r.Flag("any"), r.Flag("strict_min"), r.Flag("strict_max")));
        Add("correlation", r => new CorrelationRule(Pair(r).First, Pair(r).Second, r.Number("min"), r.Number("max")));
        Add("association", r => new AssociationRule(
            Pair(r).First, Pair(r).Second, r.Number("min"), r.Number("max"),
            DistributionReader.ReadBins(r, "first_bins"), DistributionReader.ReadBins(r, "second_bins"), r.Flag("missing_is_value"), r.Flag("corrected")));
        Add("mutual_information", r => new MutualInformationRule(Pair(r).First, Pair(r).Second, r.Number("min"), r.Number("max")));
    }

    private void AddDatasets()
    {
        Add("row_count", r => new RowCountRule(r.Whole("min"), r.Whole("max")));
        Add("column_count", r => new ColumnCountRule(r.Whole("min"), r.Whole("max")));
        Add("column_exists", r => new ColumnExistsRule(r.Text("name_of_column"), (int?)r.Whole("position")));
        Add("column_order", r => new ColumnOrderRule(r.Texts("names")));
        Add("column_set", r => new ColumnSetRule(r.Texts("names"), r.Flag("exact", otherwise: true)));
        Add("in_reference", r => new ForeignKeyRule(r.Columns(), r.Text("reference"), r.Texts("reference_columns")));
        Add("not_in_reference", r => new ForeignKeyRule(r.Columns(), r.Text("reference"), r.Texts("reference_columns"), negated: true));
        Add("same_as", r => new SameAsRule(Required(r, "of", Inner(r, "of")), r.Text("reference"), Inner(r, "there"), r.Number("tolerance") ?? 0));
        Add("same_distribution", r => new SameDistributionRule(r.Column(), r.Text("reference"), r.OptionalText("reference_column"), r.Number("probability") ?? 0.05));
        Add(InvalidRule.RuleName, r => new InvalidRule(r.Text("problem")));
    }
}
