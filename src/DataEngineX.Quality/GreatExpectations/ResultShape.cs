using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>What an expectation itself says of its result.</summary>
/// <param name="Format">The format, or null.</param>
/// <param name="PartialCount">How many failing values count as the first ones.</param>
/// <param name="KeyColumns">The columns rows are told by; none for row numbers.</param>
/// <param name="HidesValues">Whether failing values are left out.</param>
/// <param name="HidesQuery">Whether the query for the failing rows is left out.</param>
/// <param name="TimeFormat">How times are written, in the language of <c>strftime</c>; null for ISO 8601.</param>
internal sealed record ResultShape(
    ExpectationResultFormat? Format, int PartialCount, IReadOnlyList<string> KeyColumns, bool HidesValues, bool HidesQuery, string? TimeFormat)
{
    private const int DefaultPartialCount = 20;

    /// <summary>The columns of texts: there <c>NaN</c> is a text like any other.</summary>
    public IReadOnlySet<string> TextColumns { get; init; } = new HashSet<string>();

    public static ResultShape Of(GreatExpectation? expectation)
    {
        var none = new ResultShape(null, DefaultPartialCount, [], HidesValues: false, HidesQuery: false, TimeFormat: null);
        if (expectation is null)
            return none;
        using var document = JsonDocument.Parse(expectation.Kwargs);
        if (document.RootElement.TryGetProperty("output_strftime_format", out var times) && times.ValueKind == JsonValueKind.String)
            none = none with { TimeFormat = times.GetString() };
        if (!document.RootElement.TryGetProperty("result_format", out var format))
            return none;
        if (format.ValueKind == JsonValueKind.String)
            return none with { Format = FormatOf(format.GetString()) };
        if (format.ValueKind != JsonValueKind.Object)
            return none;
        return none with
        {
            Format = format.TryGetProperty("result_format", out var name) && name.ValueKind == JsonValueKind.String ? FormatOf(name.GetString()) : null,
            PartialCount = format.TryGetProperty("partial_unexpected_count", out var count) && count.TryGetInt32(out var number)
                ? Math.Max(0, number)
                : DefaultPartialCount,
            KeyColumns = format.TryGetProperty("unexpected_index_column_names", out var keys) && keys.ValueKind == JsonValueKind.Array
                ? [.. keys.EnumerateArray().Where(k => k.ValueKind == JsonValueKind.String).Select(k => k.GetString()!)]
                : [],
            HidesValues = format.TryGetProperty("exclude_unexpected_values", out var hides) && hides.ValueKind == JsonValueKind.True,
            HidesQuery = format.TryGetProperty("return_unexpected_index_query", out var query) && query.ValueKind == JsonValueKind.False,
        };
    }

    /// <summary>Refuses a format that is none, of results and of times.</summary>
    /// <exception cref="SuiteFormatException">There is no such format of results.</exception>
    /// <exception cref="FormatException">There is no such format of times.</exception>
    public static void Check(RuleReader reader)
    {
        var format = reader.Find("result_format");
        if (format is { ValueKind: JsonValueKind.Object } shape)
            format = shape.TryGetProperty("result_format", out var inner) ? inner : null;
        if (format is { ValueKind: JsonValueKind.String } name && FormatOf(name.GetString()) is null)
            throw reader.Fault("result_format", $"'{name.GetString()}' is none of BOOLEAN_ONLY, BASIC, SUMMARY and COMPLETE.");
        if (reader.OptionalText("output_strftime_format") is { } times)
            _ = Strftime.Write(times, DateTime.UnixEpoch);
    }

    private static ExpectationResultFormat? FormatOf(string? name) => name switch
    {
        "BOOLEAN_ONLY" => ExpectationResultFormat.BooleanOnly,
        "BASIC" => ExpectationResultFormat.Basic,
        "SUMMARY" => ExpectationResultFormat.Summary,
        "COMPLETE" => ExpectationResultFormat.Complete,
        _ => null,
    };
}
