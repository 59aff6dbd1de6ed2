using System.Globalization;
using System.Text;

namespace DataEngineX.Quality;

/// <summary>Writes times in the formats of C and Python: <c>%m/%d/%Y</c>.</summary>
internal static class Strftime
{
    /// <summary>Writes a time.</summary>
    /// <param name="format">The format.</param>
    /// <param name="time">The time, in UTC.</param>
    /// <exception cref="FormatException">The format has a directive there is not.</exception>
    public static string Write(string format, DateTime time)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
                text.Append(format[i]);
            else if (++i == format.Length)
                throw new FormatException($"The time format '{format}' ends with a stray '%'.");
            else
                text.Append(Directive(format, format[i], time));
        }

        return text.ToString();
    }

    private static string Directive(string format, char directive, DateTime time) => directive switch
    {
        '%' => "%",
        'Y' => Text(time, "yyyy"),
        'y' => Text(time, "yy"),
        'm' => Text(time, "MM"),
        'd' => Text(time, "dd"),
        'H' => Text(time, "HH"),
        'I' => Text(time, "hh"),
        'M' => Text(time, "mm"),
        'S' => Text(time, "ss"),
        'f' => Text(time, "ffffff"),
        'B' => Text(time, "MMMM"),
        'b' or 'h' => Text(time, "MMM"),
        'A' => Text(time, "dddd"),
        'a' => Text(time, "ddd"),
        'p' => Text(time, "tt"),
        'j' => time.DayOfYear.ToString("D3", CultureInfo.InvariantCulture),
        'w' => Number((int)time.DayOfWeek),
        'u' => Number(time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek),
        'U' => Week(time, DayOfWeek.Sunday),
        'W' => Week(time, DayOfWeek.Monday),
        'G' => ISOWeek.GetYear(time).ToString("D4", CultureInfo.InvariantCulture),
        'V' => ISOWeek.GetWeekOfYear(time).ToString("D2", CultureInfo.InvariantCulture),
        'F' => Write("%Y-%m-%d", time),
        'T' or 'X' => Write("%H:%M:%S", time),
        'D' or 'x' => Write("%m/%d/%y", time),
        'c' => Write("%a %b %d %H:%M:%S %Y", time),
        // Times have no zone of their own here.
        'z' or 'Z' => "",
        _ => throw new FormatException($"'%{directive}' is a bad directive in the time format '{format}'."),
    };

    private static string Text(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The week of the year, the days before the first one that starts it being in week 0.</summary>
    private static string Week(DateTime time, DayOfWeek first) =>
        ((time.DayOfYear + 6 - (((int)time.DayOfWeek - (int)first + 7) % 7)) / 7).ToString("D2", CultureInfo.InvariantCulture);
}
