namespace DataEngineX.Lakehouse.Text;

/// <summary>A line or record of a text file that was set aside because it could not be read as the columns promise.</summary>
/// <param name="File">The file, as it was named when opened.</param>
/// <param name="Line">The 1-based physical line on which the record starts.</param>
/// <param name="Column">The first column that does not fit, for nested values its path; null when the record as a whole does not.</param>
/// <param name="Value">That column's text, or null.</param>
/// <param name="Rule">What was broken: <c>fields</c>, <c>quotes</c>, <c>json</c>, <c>not-null</c> or <c>type:</c> with the Arrow type's name.</param>
/// <param name="Reason">The same in one sentence for a person.</param>
/// <param name="Text">The record as it stands in the file, cut after 4,096 bytes.</param>
public sealed record LineReject(string File, long Line, string? Column, string? Value, string Rule, string Reason, string Text)
{
    private const int MaxShownBytes = 4096;

    internal static string Shown(ReadOnlySpan<byte> text) => text.Length <= MaxShownBytes
        ? System.Text.Encoding.UTF8.GetString(text)
        : System.Text.Encoding.UTF8.GetString(text[..MaxShownBytes]) + "…";
}
