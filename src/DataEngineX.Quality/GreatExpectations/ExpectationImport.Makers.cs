using System.Text.Json;

namespace DataEngineX.Quality;

/// <content>One maker for each type of expectation.</content>
internal static partial class ExpectationImport
{
    private static readonly Dictionary<string, Func<RuleReader, Rule>> Makers = new(StringComparer.Ordinal)
    {
        ["expect_column_values_to_not_be_null"] = r => new NotNullRule(r.Column()),
        ["expect_column_values_to_be_null"] = r => new NullRule(r.Column()),
        ["expect_column_values_to_be_unique"] = r => new UniqueRule(r.Column()),
        ["expect_column_values_to_be_between"] = r => new BetweenRule(
            r.Column(), r.Literal("min_value"), r.Literal("max_value"), r.Flag("strict_min"), r.Flag("strict_max")),
        ["expect_column_values_to_be_in_set"] = r => new InSetRule(r.Column(), r.Literals("value_set"), negated: false, lenient: true),
        ["expect_column_values_to_not_be_in_set"] = r => new InSetRule(r.Column(), Required(r, "value_set", r.Literals("value_set")), negated: true, lenient: true),
        ["expect_column_values_to_be_of_type"] = r => new TypeRule(r.Column(), [r.Text("type_")]),
        ["expect_column_values_to_be_in_type_list"] = r => new TypeRule(r.Column(), r.Texts("type_list")),
        ["expect_column_values_to_match_regex"] = r => Regex(r, [r.Text("regex")], PatternMatch.Any, negated: false),
        ["expect_column_values_to_not_match_regex"] = r => Regex(r, [r.Text("regex")], PatternMatch.Any, negated: true),
        ["expect_column_values_to_match_regex_list"] = r => Regex(r, Texts(r, "regex_list"), Match(r), negated: false),
        ["expect_column_values_to_not_match_regex_list"] = r => Regex(r, Texts(r, "regex_list"), PatternMatch.Any, negated: true),
        ["expect_column_values_to_match_like_pattern"] = r => new LikeRule(r.Column(), [r.Text("like_pattern")]),
        ["expect_column_values_to_not_match_like_pattern"] = r => new LikeRule(r.Column(), [r.Text("like_pattern")], negated: true),
        ["expect_column_values_to_match_like_pattern_list"] = r => new LikeRule(r.Column(), Texts(r, "like_pattern_list"), Match(r)),
        ["expect_column_values_to_not_match_like_pattern_list"] = r => new LikeRule(r.Column(), Texts(r, "like_pattern_list"), negated: true),
        ["expect_column_value_lengths_to_be_between"] = Length,
        ["expect_column_value_lengths_to_equal"] = r => new LengthRule(r.Column(), Value(r), Value(r)),
        ["expect_column_values_to_be_increasing"] = r => new DirectionRule(r.Column(), decreasing: false, r.Flag("strictly")),
        ["expect_column_values_to_be_decreasing"] = r => new DirectionRule(r.Column(), decreasing: true, r.Flag("strictly")),
        ["expect_column_values_to_match_strftime_format"] = r => new TimeFormatRule(r.Column(), r.Text("strftime_format"), TimeFormatStyle.Strftime),
        ["expect_column_values_to_be_dateutil_parseable"] = r => new DateTextRule(r.Column()),
        ["expect_column_values_to_be_json_parseable"] = r => new JsonTextRule(r.Column()),
        ["expect_column_values_to_match_json_schema"] = r => new JsonSchemaRule(r.Column(), Schema(r)),
        ["expect_column_value_z_scores_to_be_less_than"] = r => new ZScoreRule(
            r.Column(), r.Number("threshold") ?? throw r.Fault("threshold", "it is missing."), r.Flag("double_sided", otherwise: true)),
        ["expect_column_pair_values_to_be_equal"] = r => new PairRule(r.Text("column_A"), PairComparison.Equal, r.Text("column_B"), Pair(r), lenient: true),
        ["expect_column_pair_values_a_to_be_greater_than_b"] = r => new PairRule(
            r.Text("column_A"), r.Flag("or_equal") ? PairComparison.GreaterOrEqual : PairComparison.Greater, r.Text("column_B"), Pair(r)),
        ["expect_column_pair_values_to_be_in_set"] = r => new PairInSetRule(r.Text("column_A"), r.Text("column_B"), Pairs(r), Pair(r)),
        ["expect_compound_columns_to_be_unique"] = r => new UniqueRule([.. Texts(r, "column_list")]) { Ignored = Several(r) },
        ["expect_select_column_values_to_be_unique_within_record"] = r => new DistinctInRowRule(Texts(r, "column_list"), Several(r)),
        ["expect_multicolumn_sum_to_equal"] = r => new RowSumRule(
            Texts(r, "column_list"), r.Literal("sum_total") ?? throw r.Fault("sum_total", "it is missing."), Several(r)),
        ["expect_column_max_to_be_between"] = r => Aggregate(r, ColumnAggregate.Max),
        ["expect_column_min_to_be_between"] = r => Aggregate(r, ColumnAggregate.Min),
        ["expect_column_mean_to_be_between"] = r => Aggregate(r, ColumnAggregate.Mean),
        ["expect_column_median_to_be_between"] = r => Aggregate(r, ColumnAggregate.Median),
        ["expect_column_sum_to_be_between"] = r => Aggregate(r, ColumnAggregate.Sum),
        ["expect_column_stdev_to_be_between"] = r => Aggregate(r, ColumnAggregate.StandardDeviation),
        ["expect_column_unique_value_count_to_be_between"] = r => Aggregate(r, ColumnAggregate.DistinctCount),
        ["expect_column_proportion_of_unique_values_to_be_between"] = r => Aggregate(r, ColumnAggregate.DistinctShare),
        ["expect_column_proportion_of_non_null_values_to_be_between"] = Completeness,
        ["expect_column_quantile_values_to_be_between"] = Quantiles,
        ["expect_column_distinct_values_to_be_in_set"] = r => new DistinctValuesRule(r.Column(), SetRelation.Within, r.Literals("value_set")),
        ["expect_column_distinct_values_to_contain_set"] = r => new DistinctValuesRule(r.Column(), SetRelation.Contains, r.Literals("value_set")),
        ["expect_column_distinct_values_to_equal_set"] = r => new DistinctValuesRule(r.Column(), SetRelation.Equals, r.Literals("value_set")),
        ["expect_column_most_common_value_to_be_in_set"] = r => new MostCommonRule(r.Column(), r.Literals("value_set"), r.Flag("ties_okay")),
        ["expect_column_kl_divergence_to_be_less_than"] = Divergence,
        ["expect_column_chisquare_test_p_value_to_be_greater_than"] = r =>
            new ChiSquareRule(r.Column(), Expected(r), r.Number("p") ?? 0.05, r.Number("tail_weight_holdout") ?? 0),
        ["expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than"] = r =>
            new KolmogorovSmirnovRule(r.Column(), ScipyDistribution.Read(r), Share(r, "p_value")),
        ["expect_column_bootstrapped_ks_test_p_value_to_be_greater_than"] = Bootstrapped,
        ["unexpected_rows_expectation"] = r => new UnexpectedRowsRule(r.Text("unexpected_rows_query")),
        ["expect_column_pair_cramers_phi_value_to_be_less_than"] = Association,
        ["expect_column_to_exist"] = r => new ColumnExistsRule(r.Column(), (int?)Whole(r, "column_index")),
        ["expect_table_columns_to_match_ordered_list"] = r => new ColumnOrderRule(r.Texts("column_list")),
        ["expect_table_columns_to_match_set"] = r => new ColumnSetRule(r.Texts("column_set"), r.Flag("exact_match", otherwise: true)),
        ["expect_table_column_count_to_equal"] = r => new ColumnCountRule(Value(r), Value(r)),
        ["expect_table_column_count_to_be_between"] = r => new ColumnCountRule(Whole(r, "min_value"), Whole(r, "max_value")),
        ["expect_table_row_count_to_equal"] = r => new RowCountRule(Value(r), Value(r)),
        ["expect_table_row_count_to_equal_other_table"] = r => new SameAsRule(new RowCountRule(null, null), r.Text("other_table_name")),
        ["expect_table_row_count_to_be_between"] = r => new RowCountRule(Whole(r, "min_value"), Whole(r, "max_value")),
    };

    /// <summary>An aggregate without any argument for a bound is a mistake; with bounds of null it only observes.</summary>
    private static AggregateRule Aggregate(RuleReader r, ColumnAggregate aggregate)
    {
        if (aggregate != ColumnAggregate.StandardDeviation && !r.Has("min_value") && !r.Has("max_value"))
            throw r.Fault("min_value", "min_value and max_value cannot both be None.");
        return new AggregateRule(
            r.Column(), aggregate, r.Literal("min_value"), r.Literal("max_value"), r.Flag("strict_min"), r.Flag("strict_max"));
    }

    private static CompletenessRule Completeness(RuleReader r)
    {
        var (min, max) = (r.Number("min_value"), r.Number("max_value"));
        if (min is null && max is null)
            throw r.Fault("min_value", "min_value and max_value cannot both be None.");
        return new CompletenessRule([r.Column()], min, max, any: false, r.Flag("strict_min"), r.Flag("strict_max"));
    }

    /// <summary>Between bounds that have crossed there is no length, so that every value is unexpected.</summary>
    private static LengthRule Length(RuleReader r)
    {
        var (min, max) = (Whole(r, "min_value"), Whole(r, "max_value"));
        var (strictMin, strictMax) = (r.Flag("strict_min"), r.Flag("strict_max"));
        return min > max ? new LengthRule(r.Column(), long.MaxValue, null) : new LengthRule(r.Column(), min, max, strictMin, strictMax);
    }

    private static T Required<T>(RuleReader r, string name, T? value)
        where T : class => value ?? throw r.Fault(name, "it is missing.");

    private static RegexRule Regex(RuleReader r, IReadOnlyList<string> patterns, PatternMatch match, bool negated) =>
        new(r.Column(), patterns.Select(PythonRegex.Translate), match, negated, backtracking: true);

    private static string Schema(RuleReader r)
    {
        var schema = r.Find("json_schema") ?? throw r.Fault("json_schema", "it is missing.");
        return schema.ValueKind == JsonValueKind.String ? schema.GetString()! : schema.GetRawText();
    }

    private static IEnumerable<(object?, object?)> Pairs(RuleReader r)
    {
        foreach (var pair in r.Items("value_pairs_set") ?? throw r.Fault("value_pairs_set", "it is missing."))
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2)
                throw r.Fault("value_pairs_set", "lists of two are wanted.");
            yield return (RuleReader.LiteralOf(pair[0], $"{r.Path}.value_pairs_set"), RuleReader.LiteralOf(pair[1], $"{r.Path}.value_pairs_set"));
        }
    }

    private static QuantilesRule Quantiles(RuleReader r)
    {
        var ranges = new RuleReader(r.Find("quantile_ranges") ?? throw r.Fault("quantile_ranges", "it is missing."), $"{r.Path}.quantile_ranges");
        var quantiles = ranges.Numbers("quantiles") ?? throw ranges.Fault("quantiles", "it is missing.");
        var bounds = ranges.Items("value_ranges") ?? throw ranges.Fault("value_ranges", "it is missing.");
        ranges.Done();
        if (quantiles.Count != bounds.Count)
            throw r.Fault("quantile_ranges", "quantile_values and quantiles must have the same number of elements.");
        var bands = new List<QuantileBand>();
        for (var i = 0; i < quantiles.Count; i++)
        {
            if (bounds[i].ValueKind != JsonValueKind.Array || bounds[i].GetArrayLength() != 2)
                throw r.Fault("quantile_ranges", "a range is a list of two.");
            bands.Add(new QuantileBand(quantiles[i], RuleReader.LiteralOf(bounds[i][0], r.Path), RuleReader.LiteralOf(bounds[i][1], r.Path)));
        }

        return new QuantilesRule(r.Column(), bands, Interpolation(r));
    }

    private static QuantileInterpolation Interpolation(RuleReader r) => r.Find("allow_relative_error") switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.False } => QuantileInterpolation.Nearest,
        { ValueKind: JsonValueKind.String } => r.Word(
            "allow_relative_error", QuantileInterpolation.Nearest, [.. Enum.GetValues<QuantileInterpolation>().Select(i => (QuantilesRule.NameOf(i), i))]),
        _ => throw r.Fault("allow_relative_error", "it is false or the name of an interpolation."),
    };

    private static DivergenceRule Divergence(RuleReader r)
    {
        // Its model has bounds, as those of other aggregates have; nothing there looks at them.
        _ = (r.Find("min_value"), r.Find("max_value"));
        var (threshold, tail, inner) = (r.Number("threshold"), r.Number("tail_weight_holdout") ?? 0, r.Number("internal_weight_holdout") ?? 0);
        if (r.Find("partition_object") is { ValueKind: JsonValueKind.Null })
        {
            _ = r.Flag("bucketize_data", otherwise: true);
            return new DivergenceRule(r.Column(), null, threshold, tail, inner);
        }

        var expected = Expected(r);
        if (!r.Flag("bucketize_data", otherwise: true) && expected.Edges is not null)
            throw r.Fault("bucketize_data", "a divergence from a continuous partition needs data in buckets.");
        return new DivergenceRule(r.Column(), expected, threshold, tail, inner);
    }

    private static Partition Expected(RuleReader r)
    {
        var given = new RuleReader(r.Find("partition_object") is { ValueKind: JsonValueKind.Object } partition ? partition : throw r.Fault("partition_object", "it is missing."), $"{r.Path}.partition_object");
        var weights = given.Numbers("weights") ?? throw given.Fault("weights", "it is missing.");
        return given.Has("values")
            ? Partition.OfValues([.. (given.Literals("values") ?? []).Select(v => v ?? throw given.Fault("values", "a value is null."))], weights)
            : Partition.OfIntervals(given.Numbers("bins") ?? throw given.Fault("bins", "it is missing."), weights, given.Numbers("tail_weights"));
    }

    /// <summary>A probability that is neither 0 nor 1; 0.05 where there is none.</summary>
    private static double Share(RuleReader r, string name) => r.Number(name) switch
    {
        null => 0.05,
        > 0 and < 1 and { } share => share,
        _ => throw r.Fault(name, $"{name} must be between 0 and 1 exclusive."),
    };

    private static KolmogorovSmirnovRule Bootstrapped(RuleReader r)
    {
        var samples = (int)Math.Clamp(Whole(r, "bootstrap_samples") ?? 1000, int.MinValue, int.MaxValue);
        var size = Whole(r, "bootstrap_sample_size") is { } given ? (int)Math.Clamp(given, int.MinValue, int.MaxValue) : (int?)null;
        return new KolmogorovSmirnovRule(r.Column(), ExpectedDistribution.OfIntervals(Expected(r)), Share(r, "p"), new Resampling(samples, size));
    }

    /// <summary>Numbers are put into ten bins and missing is a category where nothing else is said, as in all versions that evaluated it.</summary>
    private static AssociationRule Association(RuleReader r) => new(
        r.Text("column_A"), r.Text("column_B"), null, r.Number("threshold") ?? 0.1, Bins(r, "A"), Bins(r, "B"), missingIsValue: true, corrected: true);

    private static ColumnBins Bins(RuleReader r, string column)
    {
        var count = Whole(r, $"n_bins_{column}") ?? 10;
        return DistributionReader.ReadBins(r, $"bins_{column}") ?? ColumnBins.Of((int)Math.Clamp(count, int.MinValue, int.MaxValue));
    }
}
