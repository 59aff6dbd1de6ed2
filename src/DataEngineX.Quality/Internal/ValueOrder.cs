using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>The order of JSON values in lists of a verdict: numbers by size, everything else by its text.</summary>
internal sealed class ValueOrder : IComparer<string>
{
    public static ValueOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (first, second) = (Number(x), Number(y));
        var order = first is { } a && second is { } b ? a.CompareTo(b) : first is null ? second is null ? 0 : 1 : -1;
        return order != 0 ? order : string.CompareOrdinal(x, y);
    }

    private static double? Number(string? json) =>
        double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
