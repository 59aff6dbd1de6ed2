namespace DataEngineX.Lakehouse.Csv;

/// <summary>A row that was set aside because it could not be read as the columns promise.</summary>
/// <param name="File">The file, as it was named when opened.</param>
/// <param name="Line">The 1-based physical line on which the row starts.</param>
/// <param name="Column">The first column that does not fit, or null when the row as a whole does not.</param>
/// <param name="Value">That column's text, or null.</param>
/// <param name="Rule">What was broken: <c>fields</c>, <c>quotes</c>, <c>not-null</c> or <c>type:</c> with the Arrow type's name.</param>
/// <param name="Reason">The same in one sentence for a person.</param>
/// <param name="Text">The row as it stands in the file, cut after 4,096 bytes.</param>
public sealed record CsvReject(string File, long Line, string? Column, string? Value, string Rule, string Reason, string Text);
