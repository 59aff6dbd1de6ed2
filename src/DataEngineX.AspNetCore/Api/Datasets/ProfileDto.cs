using DataEngineX.Hosting;

namespace DataEngineX.AspNetCore;

/// <summary>What the rows of a table look like.</summary>
internal sealed record ProfileDto(
    string Dataset,
    long Version,
    DateTimeOffset At,
    long Rows,
    long RowsWithNull,
    long? DuplicateRows,
    IReadOnlyList<ColumnProfileDto> Columns,
    IReadOnlyList<string> Alerts)
{
    public static ProfileDto Of(DatasetProfile kept) => new(
        kept.Dataset.ToString(),
        kept.Version,
        kept.Profile.At,
        kept.Profile.Rows,
        kept.Profile.RowsWithNull,
        kept.Profile.DuplicateRows,
        [.. kept.Profile.Columns.Select(ColumnProfileDto.Of)],
        [.. kept.Profile.Alerts().Select(static a => a.Message)]);
}
