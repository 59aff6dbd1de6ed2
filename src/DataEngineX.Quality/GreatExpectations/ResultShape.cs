using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>What an expectation itself says of its result.</summary>
/// <param name="Format">The format, or null.</param>
/// <param name="PartialCount">How many failing values count as the first ones.</param>
/// <param name="KeyColumns">The columns rows are told by; none for row numbers.</param>
/// <param name="HidesValues">Whether failing values are left out.</param>
internal sealed record ResultShape(ExpectationResultFormat? Format, int PartialCount, IReadOnlyList<string> KeyColumns, bool HidesValues)
{
    private const int DefaultPartialCount = 20;

    public static ResultShape Of(GreatExpectation? expectation)
    {
        var none = new ResultShape(null, DefaultPartialCount, [], HidesValues: false);
        if (expectation is null)
            return none;
        using var document = JsonDocument.Parse(expectation.Kwargs);
        if (!document.RootElement.TryGetProperty("result_format", out var format))
            return none;
        if (format.ValueKind == JsonValueKind.String)
            return none with { Format = FormatOf(format.GetString()) };
        if (format.ValueKind != JsonValueKind.Object)
            return none;
        return new ResultShape(
            format.TryGetProperty("result_format", out var name) && name.ValueKind == JsonValueKind.String ? FormatOf(name.GetString()) : null,
            format.TryGetProperty("partial_unexpected_count", out var count) && count.TryGetInt32(out var number) ? Math.Max(0, number) : DefaultPartialCount,
            format.TryGetProperty("unexpected_index_column_names", out var keys) && keys.ValueKind == JsonValueKind.Array
                ? [.. keys.EnumerateArray().Where(k => k.ValueKind == JsonValueKind.String).Select(k => k.GetString()!)]
                : [],
            format.TryGetProperty("exclude_unexpected_values", out var hides) && hides.ValueKind == JsonValueKind.True);
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
