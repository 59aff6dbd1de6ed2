using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>The metrics of a profile as JSON, to be read by people and other programs.</summary>
internal static class ProfileJson
{
    private static readonly double[] Shares = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

    public static void WriteMetrics(Utf8JsonWriter writer, Profile profile)
    {
        writer.WriteString("at", profile.At);
        writer.WriteNumber("elapsed_seconds", profile.Elapsed.TotalSeconds);
        writer.WriteString("schema_fingerprint", profile.SchemaFingerprint);
        writer.WriteNumber("rows", profile.Rows);
        writer.WriteNumber("bytes", profile.Bytes);
        Number(writer, "duplicate_rows", profile.DuplicateRows);
        writer.WriteBoolean("duplicates_exact", profile.AreDuplicatesExact);
        writer.WriteNumber("rows_with_null", profile.RowsWithNull);
        writer.WriteNumber("rows_of_nulls", profile.RowsOfNulls);
        writer.WriteStartArray("columns");
        foreach (var column in profile.Columns)
            WriteColumn(writer, column);
        writer.WriteEndArray();
        if (profile.Pairs.Count > 0)
            WritePairs(writer, profile.Pairs);
        writer.WriteStartArray("alerts");
        foreach (var alert in profile.Alerts())
        {
            writer.WriteStartObject();
            writer.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(alert.Kind.ToString()));
            writer.WriteString("column", alert.Column);
            Number(writer, "value", alert.Value);
            writer.WriteString("message", alert.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteColumn(Utf8JsonWriter writer, ColumnProfile column)
    {
        writer.WriteStartObject();
        writer.WriteString("name", column.Name);
        writer.WriteString("type", column.Type);
        writer.WriteString("kind", Name(column.Kind));
        writer.WriteBoolean("nullable", column.IsNullable);
        writer.WriteNumber("nulls", column.Nulls);
        Number(writer, "distinct", column.Distinct);
        writer.WriteBoolean("distinct_exact", column.IsDistinctExact);
        Number(writer, "unique", column.Unique);
        writer.WriteString("min", column.Min);
        writer.WriteString("max", column.Max);
        Number(writer, "first_row", column.FirstRow);
        Number(writer, "last_row", column.LastRow);
        writer.WriteString("order", Name(column.Order));
        WriteCounts(writer, "top_values", column.TopValues());
        writer.WriteStartArray("samples");
        foreach (var sample in column.Samples)
            writer.WriteStringValue(sample);
        writer.WriteEndArray();
        if (column.Numbers is { } numbers)
            WriteNumbers(writer, numbers);
        if (column.Text is { } text)
            WriteText(writer, text);
        if (column.Times is { } times)
            WriteTimes(writer, times);
        Number(writer, "trues", column.Trues);
        if (column.Lists is { } lists)
            WriteLengths(writer, lists);
        writer.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, NumberProfile numbers)
    {
        writer.WriteStartObject("numbers");
        Number(writer, "mean", numbers.Mean);
        Number(writer, "sum", numbers.Sum);
        Number(writer, "standard_deviation", numbers.StandardDeviation);
        Number(writer, "variance", numbers.Variance);
        Number(writer, "skewness", numbers.Skewness);
        Number(writer, "kurtosis", numbers.Kurtosis);
        Number(writer, "range", numbers.Range);
        Number(writer, "interquartile_range", numbers.InterquartileRange);
        Number(writer, "median_absolute_deviation", numbers.MedianAbsoluteDeviation);
        writer.WriteNumber("zeros", numbers.Zeros);
        writer.WriteNumber("negatives", numbers.Negatives);
        writer.WriteNumber("nans", numbers.NaNs);
        writer.WriteNumber("positive_infinities", numbers.PositiveInfinities);
        writer.WriteNumber("negative_infinities", numbers.NegativeInfinities);
        writer.WriteBoolean("whole", numbers.IsWhole);
        writer.WriteBoolean("quantiles_exact", numbers.AreQuantilesExact);
        writer.WriteStartObject("quantiles");
        foreach (var share in Shares)
            Number(writer, share.ToString(System.Globalization.CultureInfo.InvariantCulture), numbers.Quantile(share));
        writer.WriteEndObject();
        WriteHistogram(writer, numbers.Histogram());
        writer.WriteEndObject();
    }

    private static void WriteTimes(Utf8JsonWriter writer, TimeProfile times)
    {
        writer.WriteStartObject("times");
        Number(writer, "span_seconds", times.Span?.TotalSeconds);
        writer.WriteNumber("in_the_future", times.InTheFuture);
        writer.WriteString("resolution", times.Resolution is { } resolution ? Name(resolution) : null);
        Number(writer, "days", times.Days);
        Number(writer, "missing_days", times.MissingDays);
        Number(writer, "longest_gap_in_days", times.LongestGapInDays);
        WriteHistogram(writer, times.Histogram());
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, TextProfile text)
    {
        writer.WriteStartObject("text");
        WriteLengths(writer, text.Lengths);
        writer.WriteNumber("blank", text.Blank);
        writer.WriteNumber("padded", text.Padded);
        writer.WriteNumber("with_letters", text.WithLetters);
        writer.WriteNumber("with_digits", text.WithDigits);
        writer.WriteNumber("with_spaces", text.WithSpaces);
        writer.WriteNumber("with_symbols", text.WithSymbols);
        writer.WriteNumber("with_non_ascii", text.WithNonAscii);
        writer.WriteNumber("upper_case", text.UpperCase);
        writer.WriteNumber("lower_case", text.LowerCase);
        writer.WriteNumber("mixed_case", text.MixedCase);
        writer.WriteNumber("malformed", text.Malformed);
        WriteCounts(writer, "patterns", text.Patterns());
        writer.WriteStartObject("looks_like");
        foreach (var semantic in text.Semantics)
            writer.WriteNumber(Name(semantic.Type), semantic.Count);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteLengths(Utf8JsonWriter writer, LengthProfile lengths)
    {
        writer.WriteStartObject("lengths");
        Number(writer, "min", lengths.Min);
        Number(writer, "max", lengths.Max);
        Number(writer, "mean", lengths.Mean);
        Number(writer, "standard_deviation", lengths.StandardDeviation);
        writer.WriteNumber("empty", lengths.Empty);
        writer.WriteEndObject();
    }

    private static void WriteHistogram(Utf8JsonWriter writer, IReadOnlyList<HistogramBin> bins)
    {
        writer.WriteStartArray("histogram");
        foreach (var bin in bins)
        {
            writer.WriteStartObject();
            Number(writer, "lower", bin.Lower);
            Number(writer, "upper", bin.Upper);
            writer.WriteNumber("count", bin.Count);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter writer, string name, IReadOnlyList<CountedValue> counts)
    {
        writer.WriteStartArray(name);
        foreach (var count in counts)
        {
            writer.WriteStartObject();
            writer.WriteString("value", count.Value);
            writer.WriteNumber("count", count.Count);
            if (count.Error > 0)
                writer.WriteNumber("error", count.Error);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WritePairs(Utf8JsonWriter writer, IReadOnlyList<ColumnPair> pairs)
    {
        writer.WriteStartArray("pairs");
        foreach (var pair in pairs)
        {
            writer.WriteStartObject();
            writer.WriteString("left", pair.Left);
            writer.WriteString("right", pair.Right);
            Number(writer, "pearson", pair.Pearson);
            Number(writer, "spearman", pair.Spearman);
            Number(writer, "cramers_v", pair.CramersV);
            writer.WriteNumber("nulls_together", pair.NullsTogether);
            Number(writer, "null_correlation", pair.NullCorrelation);
            writer.WriteNumber("sample_rows", pair.SampleRows);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>JSON has no infinities: they are text.</summary>
    private static void Number(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is not { } number || double.IsNaN(number))
            writer.WriteNull(name);
        else if (double.IsInfinity(number))
            writer.WriteString(name, number > 0 ? "Infinity" : "-Infinity");
        else
            writer.WriteNumber(name, number);
    }
}
