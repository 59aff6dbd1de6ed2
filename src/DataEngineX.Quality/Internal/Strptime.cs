using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DataEngineX.Quality;

/// <summary>Formats of dates and times as C and Python write them, for reading: <c>%Y-%m-%d %H:%M:%S</c>.</summary>
internal sealed class Strptime
{
    private const string Days = "monday|tuesday|wednesday|thursday|friday|saturday|sunday";
    private const string Months = "january|february|march|april|may|june|july|august|september|october|november|december";
    private const string ShortMonths = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";

    private readonly Regex _regex;

    /// <param name="format">The format.</param>
    /// <exception cref="ArgumentException">It has a directive there is not, or one twice.</exception>
    public Strptime(string format)
    {
        var pattern = new StringBuilder("^");
        var seen = new HashSet<char>();
        Append(pattern, format, seen);
        _regex = new Regex(pattern.Append("\\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    }

    public bool Matches(ReadOnlySpan<char> text)
    {
        if (!_regex.IsMatch(text))
            return false;
        var match = _regex.Match(text.ToString());
        var year = Number(match, "Y") ?? (Number(match, "y") is { } two ? two + (two < 69 ? 2000 : 1900) : null);
        var month = Number(match, "m") ?? Name(match, "B", Months) ?? Name(match, "b", ShortMonths);
        var day = Number(match, "d");
        // The year zero is in no calendar; without a year, the 29th of February may be.
        return year != 0
            && (month is not { } m || day is not { } d || d <= DateTime.DaysInMonth(year ?? 1904, m))
            && (Number(match, "j") is not { } j || j <= (DateTime.IsLeapYear(year ?? 1904) ? 366 : 365));
    }

    private static int? Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.Value, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) : null;

    private static int? Name(Match match, string group, string names) => match.Groups[group] is { Success: true } found
        ? System.Array.FindIndex(names.Split('|'), n => n.Equals(found.Value, StringComparison.OrdinalIgnoreCase)) + 1
        : null;

    private static void Append(StringBuilder pattern, string format, HashSet<char> seen)
    {
        for (var i = 0; i < format.Length; i++)
        {
            if (char.IsWhiteSpace(format[i]))
            {
                while (i + 1 < format.Length && char.IsWhiteSpace(format[i + 1]))
                    i++;
                pattern.Append("\\s+");
                continue;
            }

            if (format[i] != '%')
            {
                pattern.Append(Regex.Escape(format[i].ToString()));
                continue;
            }

            if (++i == format.Length)
                throw new ArgumentException($"The time format '{format}' ends with a stray '%'.");
            var directive = format[i];
            if (directive != '%' && !seen.Add(directive))
                throw new ArgumentException($"The time format '{format}' has '%{directive}' twice.");
            AppendDirective(pattern, format, directive, seen);
        }
    }

    private static void AppendDirective(StringBuilder pattern, string format, char directive, HashSet<char> seen)
    {
        switch (directive)
        {
            case '%': pattern.Append('%'); break;
            case 'Y': pattern.Append("(?<Y>[0-9]{4})"); break;
            case 'G': pattern.Append("[0-9]{4}"); break;
            case 'y': pattern.Append("(?<y>[0-9]{2})"); break;
            case 'm': pattern.Append("(?<m>1[0-2]|0[1-9]|[1-9])"); break;
            case 'd': pattern.Append("(?<d>3[01]|[12][0-9]|0[1-9]|[1-9]| [1-9])"); break;
            case 'H': pattern.Append("(?:2[0-3]|[01][0-9]|[0-9])"); break;
            case 'I': pattern.Append("(?:1[0-2]|0[1-9]|[1-9])"); break;
            case 'M': pattern.Append("(?:[0-5][0-9]|[0-9])"); break;
            case 'S': pattern.Append("(?:6[01]|[0-5][0-9]|[0-9])"); break;
            case 'f': pattern.Append("[0-9]{1,6}"); break;
            case 'j': pattern.Append("(?<j>36[0-6]|3[0-5][0-9]|[12][0-9][0-9]|0[1-9][0-9]|00[1-9]|[1-9][0-9]|0[1-9]|[1-9])"); break;
            case 'U' or 'W': pattern.Append("(?:5[0-3]|[0-4][0-9]|[0-9])"); break;
            case 'V': pattern.Append("(?:5[0-3]|0[1-9]|[1-4][0-9]|[0-9])"); break;
            case 'w': pattern.Append("[0-6]"); break;
            case 'u': pattern.Append("[1-7]"); break;
            case 'p': pattern.Append("(?:am|pm)"); break;
            case 'z': pattern.Append("(?:[+-][0-9]{2}:?[0-5][0-9](?::?[0-5][0-9](?:\\.[0-9]{1,6})?)?|z)"); break;
            case 'Z': pattern.Append("(?:utc|gmt)"); break;
            case 'A': pattern.Append("(?:").Append(Days).Append(')'); break;
            case 'a': pattern.Append("(?:mon|tue|wed|thu|fri|sat|sun)"); break;
            case 'B': pattern.Append("(?<B>").Append(Months).Append(')'); break;
            case 'b': pattern.Append("(?<b>").Append(ShortMonths).Append(')'); break;
            case 'c': Append(pattern, "%a %b %d %H:%M:%S %Y", seen); break;
            case 'x': Append(pattern, "%m/%d/%y", seen); break;
            case 'X': Append(pattern, "%H:%M:%S", seen); break;
            default: throw new ArgumentException($"'%{directive}' is a bad directive in the time format '{format}'.");
        }
    }
}
