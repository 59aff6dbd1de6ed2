using System.Globalization;

namespace DataEngineX.Differential.Tests;

/// <summary>Values as texts that DuckDB casts to their types.</summary>
internal static class SqlText
{
    public static string? Of(object? value) => value switch
    {
        null => null,
        double v => Real(v.ToString("R", CultureInfo.InvariantCulture)),
        float v => Real(v.ToString("R", CultureInfo.InvariantCulture)),
        bool v => v ? "true" : "false",
        byte[] v => string.Concat(v.Select(b => $"\\x{b:X2}")),
        DateOnly v => v.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly v => v.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        DateTime v => v.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        DateTimeOffset v => v.ToString("yyyy-MM-dd HH:mm:ss.ffffff+00", CultureInfo.InvariantCulture),
        TimeSpan v => $"{v.Ticks / TimeSpan.TicksPerMicrosecond} microseconds",
        int?[] v => $"[{string.Join(", ", v.Select(x => Show(x)))}]",
        RandomStruct v => $"{{'x': {Show(v.X)}, 'y': {Show(v.Y)}}}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>A literal of the type.</summary>
    public static string Literal(object? value, ColumnKind kind) =>
        value is null ? $"NULL::{kind.SqlType}" : $"'{Of(value)!.Replace("'", "''", StringComparison.Ordinal)}'::{kind.SqlType}";

    private static string Show(object? value) => Of(value) ?? "NULL";

    private static string Real(string text) => text.Replace("∞", "inf", StringComparison.Ordinal).Replace("Infinity", "inf", StringComparison.Ordinal);
}
