using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>Rules on distributions as the expectations of the same meaning, whose arguments are others than the parameters of the rules.</summary>
internal static class DistributionExpectations
{
    /// <summary>The expectation of a rule; null where there is none, or its arguments are the parameters of the rule.</summary>
    public static GreatExpectation? Of(Rule rule) => rule switch
    {
        KolmogorovSmirnovRule { Expected.Intervals: null, Resampling: null } named => new GreatExpectation(
            "expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than", Json(named.Column, named.Probability, "p_value", w => WriteNamed(w, named.Expected))),
        KolmogorovSmirnovRule { Expected.Intervals: { } intervals, Resampling: { } resampling } sampled => new GreatExpectation(
            "expect_column_bootstrapped_ks_test_p_value_to_be_greater_than", Json(sampled.Column, sampled.Probability, "p", w => WriteSampled(w, intervals, resampling))),
        AssociationRule { Min: null, Max: { } most } pair => new GreatExpectation("expect_column_pair_cramers_phi_value_to_be_less_than", CellText.Json(w => WritePair(w, pair, most))),
        _ => null,
    };

    private static string Json(string column, double probability, string name, Action<Utf8JsonWriter> write) => CellText.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("column", column);
        write(writer);
        writer.WriteNumber(name, probability);
        writer.WriteEndObject();
    });

    private static void WriteNamed(Utf8JsonWriter writer, ExpectedDistribution expected)
    {
        writer.WriteString("distribution", expected.Name switch
        {
            "normal" => "norm",
            "exponential" => "expon",
            "chi_square" => "chi2",
            var same => same,
        });
        WriteList(writer, "params", expected.Parameters.Select(p => p.Value));
    }

    private static void WriteSampled(Utf8JsonWriter writer, Partition intervals, Resampling resampling)
    {
        writer.WriteStartObject("partition_object");
        WriteList(writer, "bins", intervals.Edges!);
        WriteList(writer, "weights", intervals.Weights);
        writer.WriteEndObject();
        writer.WriteNumber("bootstrap_samples", resampling.Samples);
        if (resampling.Size is { } size)
            writer.WriteNumber("bootstrap_sample_size", size);
    }

    private static void WritePair(Utf8JsonWriter writer, AssociationRule rule, double most)
    {
        writer.WriteStartObject();
        writer.WriteString("column_A", rule.Columns[0]);
        writer.WriteString("column_B", rule.Columns[1]);
        WriteBins(writer, "bins_A", rule.FirstBins);
        WriteBins(writer, "bins_B", rule.SecondBins);
        writer.WriteNumber("threshold", most);
        writer.WriteEndObject();
    }

    private static void WriteBins(Utf8JsonWriter writer, string name, ColumnBins? bins)
    {
        if (bins is null)
            return;
        writer.WritePropertyName(bins.Count > 0 ? $"n_{name}" : name);
        writer.WriteRawValue(bins.Parameter(name).Json);
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<double> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}
