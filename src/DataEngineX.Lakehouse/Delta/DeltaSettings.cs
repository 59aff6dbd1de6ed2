using System.Globalization;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>The settings of a table that its metadata keep, with the defaults that other engines have too. What cannot be read counts as not set.</summary>
internal sealed class DeltaSettings(MetadataAction metadata)
{
    private readonly Dictionary<string, string?> _values = metadata.Configuration;

    /// <summary>After how many commits a checkpoint is taken.</summary>
    internal long CheckpointInterval => Of("delta.checkpointInterval") is { } text && long.TryParse(text, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : 10;

    /// <summary>How long files stay that a commit removed.</summary>
    internal TimeSpan DeletedFileRetention => Interval("delta.deletedFileRetentionDuration") ?? TimeSpan.FromDays(7);

    /// <summary>How long the log is kept.</summary>
    internal TimeSpan LogRetention => Interval("delta.logRetentionDuration") ?? TimeSpan.FromDays(30);

    /// <summary>Whether the log is cleaned after a checkpoint.</summary>
    internal bool CleansLog => Flag("delta.enableExpiredLogCleanup") ?? true;

    /// <summary>How long the counter of an application stays after its last commit; null for ever.</summary>
    internal TimeSpan? TransactionRetention => Interval("delta.setTransactionRetentionDuration");

    internal bool StatsAsJson => Flag("delta.checkpoint.writeStatsAsJson") ?? true;

    internal bool StatsAsColumns => Flag("delta.checkpoint.writeStatsAsStruct") ?? false;

    /// <summary>Whether rows may only be added.</summary>
    internal bool IsAppendOnly => Flag(DeltaProtocol.AppendOnly) ?? false;

    /// <summary>Whether changed rows are hidden by deletion vectors instead of writing their files anew.</summary>
    internal bool WritesDeletionVectors => Flag(DeltaProtocol.EnableDeletionVectors) ?? false;

    /// <summary>Whether changes of rows are told in files of their own.</summary>
    internal bool KeepsChangeFeed => Flag(DeltaProtocol.EnableChangeFeed) ?? false;

    /// <summary>Whether commits keep their own times.</summary>
    internal bool KeepsCommitTimes => Flag(DeltaProtocol.EnableInCommitTimestamps) ?? false;

    /// <summary>The first version that keeps its own time; 0 where all do.</summary>
    internal long CommitTimesFrom => Number("delta.inCommitTimestampEnablementVersion") ?? 0;

    /// <summary>The time of that version; null where all versions keep theirs.</summary>
    internal DateTimeOffset? CommitTimesSince =>
        Number("delta.inCommitTimestampEnablementTimestamp") is { } millis ? TimeTexts.OfLog(millis) : null;

    private long? Number(string name) => long.TryParse(Of(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string? Of(string name) => _values.GetValueOrDefault(name);

    private bool? Flag(string name) => bool.TryParse(Of(name), out var flag) ? flag : null;

    /// <summary>Reads what SQL calls an interval: <c>interval 30 days</c>, <c>1 week 12 hours</c>.</summary>
    private TimeSpan? Interval(string name)
    {
        var words = (Of(name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words is ["interval" or "INTERVAL", ..])
            words = words[1..];
        if (words.Length == 0 || words.Length % 2 != 0)
            return null;
        var sum = TimeSpan.Zero;
        for (var i = 0; i < words.Length; i += 2)
        {
            if (!long.TryParse(words[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) || Unit(words[i + 1]) is not { } unit
                || Math.Abs((double)count * unit.Ticks) > TimeSpan.MaxValue.Ticks / 4)
                return null;
            sum += count * unit;
        }

        return sum < TimeSpan.Zero ? null : sum;
    }

    private static TimeSpan? Unit(string name) => name.ToLowerInvariant().TrimEnd('s') switch
    {
        "week" => TimeSpan.FromDays(7),
        "day" => TimeSpan.FromDays(1),
        "hour" => TimeSpan.FromHours(1),
        "minute" => TimeSpan.FromMinutes(1),
        "second" => TimeSpan.FromSeconds(1),
        "millisecond" => TimeSpan.FromMilliseconds(1),
        "microsecond" => TimeSpan.FromMicroseconds(1),
        _ => null,
    };
}
