using System.Globalization;

namespace WeatherService;

/// <summary>The observations that come with the sample, as lines of text by day.</summary>
public sealed class History
{
    private readonly string _header;
    private readonly List<(DateOnly Day, string Line)> _lines = [];

    /// <summary>Reads the sample's file.</summary>
    public History()
        : this(Path.Combine(AppContext.BaseDirectory, "data", "weather.csv"))
    {
    }

    /// <summary>Reads a file of observations.</summary>
    /// <param name="path">Its first column is the location, its second the date.</param>
    public History(string path)
    {
        var lines = File.ReadAllLines(path);
        _header = lines[0];
        foreach (var line in lines.Skip(1))
            _lines.Add((DateOnly.Parse(line.Split(',')[1], CultureInfo.InvariantCulture), line));
    }

    /// <summary>The last day.</summary>
    public DateOnly Last => _lines.Max(l => l.Day);

    /// <summary>A file with all lines before a day.</summary>
    /// <param name="day">The first day left out; null for none.</param>
    public string Before(DateOnly? day) => Text(_lines.Where(l => day is null || l.Day < day));

    /// <summary>A file with the lines of one day.</summary>
    /// <param name="day">The day.</param>
    public string Of(DateOnly day) => Text(_lines.Where(l => l.Day == day));

    private string Text(IEnumerable<(DateOnly Day, string Line)> lines) => $"{_header}\n{string.Concat(lines.Select(l => l.Line + "\n"))}";
}
