namespace DataEngineX.AspNetCore;

/// <summary>Numbers as JSON has them: without NaN and the infinities.</summary>
internal static class JsonNumber
{
    public static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    public static IReadOnlyDictionary<string, double?> Finite(IReadOnlyDictionary<string, double> values) =>
        values.OrderBy(v => v.Key, StringComparer.Ordinal).ToDictionary(v => v.Key, v => Finite(v.Value), StringComparer.Ordinal);
}
