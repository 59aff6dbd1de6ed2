namespace DataEngineX.Lakehouse.Text;

/// <summary>A line or record of a text file that was set aside because it could not be read as the columns promise.</summary>
/// <param name="File">The file, as it was named when opened.</param>
/// <param name="Line">The 1-based physical line on which the record starts; 0 for an object as a whole.</param>
/// <param name="Column">The first column that does not fit, for nested values its path; null when the record as a whole does not.</param>
/// <param name="Value">That column's text, or null.</param>
/// <param name="Rule">What was broken: <c>fields</c>, <c>quotes</c>, <c>json</c>, <c>not-null</c>, <c>type:</c> with the Arrow type's name, or <c>file</c> for all of it.</param>
/// <param name="Reason">The same in one sentence for a person.</param>
/// <param name="Text">The record as it stands in the file, cut after 64 KiB; of an object as a whole its key.</param>
public sealed record LineReject(string File, long Line, string? Column, string? Value, string Rule, string Reason, string Text)
{
    private const int MaxShownBytes = 4096;
    private const int MaxKeptBytes = 64 << 10;

    /// <summary>The names of the fields in the header of the file; null where there is none.</summary>
    public IReadOnlyList<string>? Header { get; init; }

    /// <summary>Whether <see cref="Text"/> is the whole record, so that it can be read again.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>A record as it is kept.</summary>
    internal static LineReject Of(string file, long line, string? column, string? value, string rule, string reason, ReadOnlySpan<byte> record) =>
        new(file, line, column, value, rule, reason, Shown(record, MaxKeptBytes)) { IsWhole = record.Length <= MaxKeptBytes };

    /// <summary>An object that was refused whole, as one record of line 0, whose text is the key.</summary>
    internal static LineReject OfFile(SourceRefusedException refused, string key) => new(refused.SourceName, 0, null, null, "file", refused.Message, key);

    /// <summary>The row as what ends a read that takes no row which does not fit.</summary>
    internal SourceRefusedException ToError() => new(File, Column is null ? Reason : $"in column '{Column}', {Reason}", Line);

    /// <summary>A value as it is shown: its first 4,096 bytes.</summary>
    internal static string Shown(ReadOnlySpan<byte> text) => Shown(text, MaxShownBytes);

    private static string Shown(ReadOnlySpan<byte> text, int most) => text.Length <= most
        ? System.Text.Encoding.UTF8.GetString(text)
        : System.Text.Encoding.UTF8.GetString(text[..most]) + "…";
}
