using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>
/// The columns and settings of an earlier version, for the version after the newest. What says how the log itself is kept goes on: times of commits, numbers of rows,
/// and the greatest number of a column.
/// </summary>
internal static class RestoredMetadata
{
    internal static MetadataAction Of(MetadataAction wanted, MetadataAction newest)
    {
        var settings = ColumnNumbers.Keep(wanted.Configuration, newest);
        if (!Same(settings, newest.Configuration))
        {
            settings = settings.Where(s => !GoesOn(s.Key)).Concat(newest.Configuration.Where(s => GoesOn(s.Key)))
                .ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
        }

        return ReferenceEquals(settings, wanted.Configuration) ? wanted : wanted with { Configuration = settings };
    }

    private static bool Same(Dictionary<string, string?> settings, Dictionary<string, string?> newest) =>
        settings.Keys.Concat(newest.Keys).Where(GoesOn).All(key => string.Equals(settings.GetValueOrDefault(key), newest.GetValueOrDefault(key), StringComparison.Ordinal));

    private static bool GoesOn(string setting) => setting is DeltaProtocol.EnableInCommitTimestamps
        || setting.StartsWith("delta.inCommitTimestampEnablement", StringComparison.Ordinal) || RowNumbering.IsSetting(setting);
}
