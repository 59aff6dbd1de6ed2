using System.Globalization;
using System.Text.Json.Nodes;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>
/// Gives numbers and physical names to the columns that a table of mapped columns gets. Numbers are never given twice, also not that of a column that was
/// dropped, and names are new in all versions of the table.
/// </summary>
internal sealed class ColumnNumbers
{
    private const string Setting = "delta.columnMapping.maxColumnId";

    private int _greatest;

    private ColumnNumbers(int greatest) => _greatest = greatest;

    /// <summary>For a version of a table; null where its columns are not mapped.</summary>
    internal static ColumnNumbers? Of(LogState state) => state.Columns.Mapping == ColumnMapping.None
        ? null
        : new ColumnNumbers(Math.Max(Told(state.Metadata) ?? 0, Greatest(state.Columns.Fields)));

    /// <summary>What the schema says of the next column.</summary>
    internal JsonObject Next() => new()
    {
        ["delta.columnMapping.id"] = checked(++_greatest),
        ["delta.columnMapping.physicalName"] = $"col-{Guid.NewGuid()}",
    };

    /// <summary>The settings of a table with the greatest number given so far.</summary>
    internal Dictionary<string, string?> In(Dictionary<string, string?> settings) =>
        new(settings, StringComparer.Ordinal) { [Setting] = _greatest.ToString(CultureInfo.InvariantCulture) };

    /// <summary>The settings of an earlier version, with the greater of its greatest number and that of a later one.</summary>
    internal static Dictionary<string, string?> Keep(Dictionary<string, string?> settings, MetadataAction later) =>
        later.Configuration.TryGetValue(Setting, out var text) && Told(later) is { } greatest
            && (!settings.TryGetValue(Setting, out var own) || !int.TryParse(own, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < greatest)
            ? new(settings, StringComparer.Ordinal) { [Setting] = text }
            : settings;

    private static int? Told(MetadataAction metadata) =>
        int.TryParse(metadata.Configuration.GetValueOrDefault(Setting), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Some writers leave the setting out.
    private static int Greatest(IEnumerable<DeltaField> fields) => fields.Select(f => Math.Max(f.Id ?? 0, Greatest(f.Children))).DefaultIfEmpty(0).Max();
}
