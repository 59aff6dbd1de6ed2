namespace DataEngineX.Quality;

/// <summary>What a rule that was not imported is called in results: the expectation of the same meaning, or its own name.</summary>
internal static class ExpectationNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["not_null"] = "expect_column_values_to_not_be_null",
        ["null"] = "expect_column_values_to_be_null",
        ["between"] = "expect_column_values_to_be_between",
        ["in_set"] = "expect_column_values_to_be_in_set",
        ["not_in_set"] = "expect_column_values_to_not_be_in_set",
        ["regex"] = "expect_column_values_to_match_regex",
        ["not_regex"] = "expect_column_values_to_not_match_regex",
        ["like"] = "expect_column_values_to_match_like_pattern",
        ["not_like"] = "expect_column_values_to_not_match_like_pattern",
        ["length"] = "expect_column_value_lengths_to_be_between",
        ["time_format"] = "expect_column_values_to_match_strftime_format",
        ["date_text"] = "expect_column_values_to_be_dateutil_parseable",
        ["json_text"] = "expect_column_values_to_be_json_parseable",
        ["json_schema"] = "expect_column_values_to_match_json_schema",
        ["increasing"] = "expect_column_values_to_be_increasing",
        ["decreasing"] = "expect_column_values_to_be_decreasing",
        ["z_score"] = "expect_column_value_z_scores_to_be_less_than",
        ["of_type"] = "expect_column_values_to_be_in_type_list",
        ["pair_equal"] = "expect_column_pair_values_to_be_equal",
        ["pair_greater"] = "expect_column_pair_values_a_to_be_greater_than_b",
        ["pair_at_least"] = "expect_column_pair_values_a_to_be_greater_than_b",
        ["pair_in_set"] = "expect_column_pair_values_to_be_in_set",
        ["distinct_in_row"] = "expect_select_column_values_to_be_unique_within_record",
        ["row_sum"] = "expect_multicolumn_sum_to_equal",
        ["max"] = "expect_column_max_to_be_between",
        ["min"] = "expect_column_min_to_be_between",
        ["mean"] = "expect_column_mean_to_be_between",
        ["median"] = "expect_column_median_to_be_between",
        ["sum"] = "expect_column_sum_to_be_between",
        ["standard_deviation"] = "expect_column_stdev_to_be_between",
        ["distinct_count"] = "expect_column_unique_value_count_to_be_between",
        ["distinct_share"] = "expect_column_proportion_of_unique_values_to_be_between",
        ["completeness"] = "expect_column_proportion_of_non_null_values_to_be_between",
        ["quantiles"] = "expect_column_quantile_values_to_be_between",
        ["distinct_in_set"] = "expect_column_distinct_values_to_be_in_set",
        ["distinct_contain"] = "expect_column_distinct_values_to_contain_set",
        ["distinct_equal"] = "expect_column_distinct_values_to_equal_set",
        ["most_common"] = "expect_column_most_common_value_to_be_in_set",
        ["chi_square"] = "expect_column_chisquare_test_p_value_to_be_greater_than",
        ["unexpected_rows"] = "unexpected_rows_expectation",
        ["divergence"] = "expect_column_kl_divergence_to_be_less_than",
        ["column_exists"] = "expect_column_to_exist",
        ["column_order"] = "expect_table_columns_to_match_ordered_list",
        ["column_set"] = "expect_table_columns_to_match_set",
        ["column_count"] = "expect_table_column_count_to_be_between",
        ["row_count"] = "expect_table_row_count_to_be_between",
    };

    private static readonly Dictionary<string, string> Arguments = new(StringComparer.Ordinal)
    {
        ["min"] = "min_value",
        ["max"] = "max_value",
        ["values"] = "value_set",
        ["pattern"] = "regex",
        ["patterns"] = "regex_list",
        ["match"] = "match_on",
        ["types"] = "type_list",
        ["ties_allowed"] = "ties_okay",
        ["total"] = "sum_total",
        ["pairs"] = "value_pairs_set",
        ["exact"] = "exact_match",
        ["query"] = "unexpected_rows_query",
    };

    public static GreatExpectation Of(SuiteRule entry)
    {
        var rule = entry.Rule;
        if (DistributionExpectations.Of(rule) is { } distribution)
            return distribution;
        var type = rule.Name == "unique" && rule.Columns.Count > 1 ? "expect_compound_columns_to_be_unique"
            : rule is CompletenessRule && rule.Columns.Count > 1 ? rule.Name
            : rule.Name == "unique" ? "expect_column_values_to_be_unique"
            : Names.GetValueOrDefault(rule.Name, rule.Name);
        var kwargs = CellText.Json(writer =>
        {
            writer.WriteStartObject();
            if (rule.Columns.Count == 1)
                writer.WriteString("column", rule.Columns[0]);
            else if (rule is PairRule or PairInSetRule)
            {
                writer.WriteString("column_A", rule.Columns[0]);
                writer.WriteString("column_B", rule.Columns[1]);
            }
            else if (rule.Columns.Count > 1)
            {
                writer.WriteStartArray("column_list");
                foreach (var column in rule.Columns)
                    writer.WriteStringValue(column);
                writer.WriteEndArray();
            }

            foreach (var parameter in rule.Parameters.Where(p => rule is not CompletenessRule { Columns.Count: 1 } || p.Name != "any"))
            {
                writer.WritePropertyName(Arguments.GetValueOrDefault(parameter.Name, parameter.Name));
                writer.WriteRawValue(parameter.Json);
            }

            if (entry.Mostly is { } mostly)
                writer.WriteNumber("mostly", mostly);
            writer.WriteEndObject();
        });
        return new GreatExpectation(type, kwargs);
    }
}
