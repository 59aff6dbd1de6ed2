using DataEngineX.Quality;

namespace DataEngineX.AspNetCore;

/// <summary>What the values of a column look like.</summary>
internal sealed record ColumnProfileDto(
    string Name,
    string Type,
    long Nulls,
    double NullShare,
    long? Distinct,
    bool IsDistinctExact,
    string? Min,
    string? Max,
    double? Mean,
    double? StandardDeviation,
    double? Median,
    IReadOnlyList<ProfileValueDto> TopValues,
    IReadOnlyList<HistogramBinDto> Histogram)
{
    private const int Bins = 20;

    public static ColumnProfileDto Of(ColumnProfile column) => new(
        column.Name,
        column.Type,
        column.Nulls,
        column.NullShare,
        column.Distinct,
        column.IsDistinctExact,
        column.Min,
        column.Max,
        JsonNumber.Finite(column.Numbers?.Mean),
        JsonNumber.Finite(column.Numbers?.StandardDeviation),
        JsonNumber.Finite(column.Numbers?.Quantile(0.5)),
        [.. column.TopValues().Select(static v => new ProfileValueDto(v.Value, v.Count))],
        [.. HistogramOf(column).Select(static b => new HistogramBinDto(b.Lower, b.Upper, b.Count))]);

    private static IReadOnlyList<HistogramBin> HistogramOf(ColumnProfile column) => column.Numbers is { Count: > 0 } numbers ? numbers.Histogram(Bins)
        : column.Times is { Min: not null } times ? times.Histogram(Bins)
        : [];
}
