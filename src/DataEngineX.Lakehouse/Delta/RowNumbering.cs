using System.Globalization;
using System.Text.Json;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>
/// Row tracking: each file that is added tells the number of its first row, and the table the greatest number given so far. Numbers are never given twice.
/// </summary>
internal static class RowNumbering
{
    internal const string Domain = "delta.rowTracking";

    private const string Enable = "delta.enableRowTracking";
    private const string Suspend = "delta.rowTrackingSuspended";

    private const string Greatest = "rowIdHighWaterMark";

    /// <summary>The settings that say whether and where numbers are kept.</summary>
    internal static bool IsSetting(string name) => name is Enable or Suspend || name.StartsWith("delta.rowTracking.", StringComparison.Ordinal);

    /// <summary>Whether a table asks its writers for numbers.</summary>
    internal static bool IsAsked(ProtocolAction protocol, MetadataAction metadata) => IsListed(protocol) && !IsOn(metadata, Suspend);

    /// <summary>Whether rows keep their numbers when they move to other files.</summary>
    internal static bool IsKept(LogState state) => IsAsked(state.Protocol, state.Metadata) && IsOn(state.Metadata, Enable);

    /// <summary>What a commit says of the numbers of rows that it moved; null where the table has none.</summary>
    /// <param name="state">The version before.</param>
    /// <param name="movesRows">Whether it wrote rows of one file into another.</param>
    internal static bool? Preserves(LogState? state, bool movesRows) =>
        state is null || !IsAsked(state.Protocol, state.Metadata) ? null : !movesRows || RowNumberColumns.Of(state) is not null;

    /// <summary>The files with their numbers, for the version after one.</summary>
    /// <param name="state">The version before.</param>
    /// <param name="added">New files, each with the number of its rows.</param>
    /// <param name="domain">What the table says from then on; null when no number was given.</param>
    internal static IReadOnlyList<AddAction> Number(LogState state, IReadOnlyList<AddAction> added, out DomainMetadataAction? domain)
    {
        domain = null;
        if (added.Count == 0)
            return added;
        if (added.All(a => a.BaseRowId is not null))
            return added;
        var greatest = GreatestOf(state);
        var numbered = new List<AddAction>(added.Count);
        foreach (var add in added)
        {
            if (add.BaseRowId is not null)
            {
                numbered.Add(add); // A file that was there before keeps its numbers.
                continue;
            }

            var rows = FileStats.Of(add.Stats).RowCount ?? throw new DataEngineXException($"Table {state.Table} numbers its rows, and the log does not tell how many the file {add.Path} has.");
            numbered.Add(add with { BaseRowId = greatest + 1, DefaultRowCommitVersion = state.Version + 1 });
            greatest += rows;
        }

        domain = new DomainMetadataAction { Domain = Domain, Configuration = string.Create(CultureInfo.InvariantCulture, $"{{\"{Greatest}\":{greatest}}}") };
        return numbered;
    }

    private static bool IsListed(ProtocolAction protocol) => ProtocolFeatures.OfWriters(protocol).Contains(DeltaProtocol.RowTracking, StringComparer.Ordinal);

    private static bool IsOn(MetadataAction metadata, string setting) =>
        string.Equals(metadata.Configuration.GetValueOrDefault(setting), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The greatest number given so far, -1 for none. A table that does not tell it has it in its files.</summary>
    private static long GreatestOf(LogState state)
    {
        if (state.Domains.TryGetValue(Domain, out var entry))
        {
            try
            {
                using var told = JsonDocument.Parse(entry.Configuration);
                return told.RootElement.GetProperty(Greatest).GetInt64();
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new DataEngineXException($"Table {state.Table} has a damaged log: its domain {Domain} does not tell the greatest number of a row: {e.Message}", e);
            }
        }

        return state.Files.Where(f => f.Add.BaseRowId is not null).Select(f => f.Add.BaseRowId!.Value + (f.StoredRows ?? 0) - 1).DefaultIfEmpty(-1).Max();
    }
}
