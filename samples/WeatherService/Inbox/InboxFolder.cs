using System.Globalization;

namespace WeatherService;

/// <summary>The folder observation files are dropped into.</summary>
/// <param name="options">Names it.</param>
public sealed class InboxFolder(WeatherOptions options)
{
    private const string HistoryFile = "history.csv";
    private const string DayPrefix = "day-";

    /// <summary>Its full path.</summary>
    public string Path => options.Inbox;

    /// <summary>The newest day a replay has placed, or null.</summary>
    public DateOnly? NewestReplayed => !Directory.Exists(Path) ? null : Directory.EnumerateFiles(Path, $"{DayPrefix}*.csv")
        .Select(f => DateOnly.TryParseExact(
            System.IO.Path.GetFileNameWithoutExtension(f)[DayPrefix.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : (DateOnly?)null)
        .Max();

    /// <summary>Places the history, once.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="until">The first day that is not in it.</param>
    public void PlaceHistory(string text, DateOnly until)
    {
        if (!File.Exists(System.IO.Path.Combine(Path, HistoryFile)))
            Place(HistoryFile, text, until);
    }

    /// <summary>Places the observations of one day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="text">The file's text.</param>
    public void PlaceDay(DateOnly day, string text) =>
        Place(string.Create(CultureInfo.InvariantCulture, $"{DayPrefix}{day:yyyy-MM-dd}.csv"), text, day.AddDays(1));

    /// <summary>
    /// A file appears whole: it is written under a name that nobody looks for, and renamed. Its time is when its last day had ended, which is
    /// when it would have come; a file of this moment would be left alone for a while, for it might still grow.
    /// </summary>
    private void Place(string name, string text, DateOnly until)
    {
        Directory.CreateDirectory(Path);
        var begun = System.IO.Path.Combine(Path, $".{name}.part");
        File.WriteAllText(begun, text);
        File.SetLastWriteTimeUtc(begun, until.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        File.Move(begun, System.IO.Path.Combine(Path, name), overwrite: true);
    }
}
