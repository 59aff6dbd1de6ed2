namespace DataEngineX.AspNetCore;

/// <summary>A few rows.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Version">The version read.</param>
/// <param name="From"><c>end</c> for the rows added last, <c>start</c> where finding those would read too much.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows, a JSON object each.</param>
internal sealed record PreviewDto(
    string Dataset, long Version, string From, IReadOnlyList<ColumnDto> Columns, IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows);
