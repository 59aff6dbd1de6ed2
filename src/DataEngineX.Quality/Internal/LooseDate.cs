using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>Tells whether a text is a date or time as people write them: numbers, English names of months and days, a time, a zone.</summary>
/// <remarks>A text is one when every token has a place and day, month and year can be told apart from at most three numbers.</remarks>
internal struct LooseDate
{
    private static readonly string[] Months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
         "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly HashSet<string> Names = new(
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "sept",
         "at", "on", "and", "ad", "m", "t", "of", "st", "nd", "rd", "th", "a", "p", "am", "pm", "h", "hour", "hours", "minute", "minutes", "s",
         "second", "seconds", "utc", "gmt", "z"],
        StringComparer.OrdinalIgnoreCase);

    private int _numbers;
    private int _first;
    private int _second;
    private int _third;
    private bool _month;
    private bool _time;
    private bool _named;

    public static bool IsOne(ReadOnlySpan<char> text)
    {
        var date = default(LooseDate);
        return text.Length <= 100 && date.Read(text) && date.MakesSense();
    }

    private bool Read(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            if (char.IsAsciiDigit(text[i]))
            {
                while (i < text.Length && char.IsAsciiDigit(text[i]))
                    i++;
                if (i < text.Length && text[i] == ':')
                {
                    if (!Time(text, start, ref i))
                        return false;
                }
                else if (!Number(text[start..i]))
                {
                    return false;
                }
            }
            else if (char.IsAsciiLetter(text[i]))
            {
                while (i < text.Length && char.IsAsciiLetter(text[i]))
                    i++;
                if (!Word(text[start..i]))
                    return false;
            }
            else if (text[i] is '+' or '-' && _time && Zone(text, ref i))
            {
                continue;
            }
            else if (" \t\n.,;-/'()".Contains(text[i]))
            {
                i++;
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private readonly bool MakesSense()
    {
        if (_numbers > (_month ? 2 : 3))
            return false;
        if (_numbers == 0)
            return _month || _time || _named;
        if (_month)
            return _numbers == 1 || (IsDay(_first) && _second >= 0) || (IsDay(_second) && _first >= 0);
        return _numbers switch
        {
            1 => _first <= 9999,
            2 => IsMonth(_first) || IsMonth(_second),
            _ => Fits(_first, _second, _third),
        };
    }

    /// <summary>Whether three numbers are a month, a day of it and a year in some order that is written.</summary>
    private static bool Fits(int a, int b, int c) =>
        Exists(c, a, b) || Exists(c, b, a) || Exists(a, b, c) || Exists(a, c, b);

    private static bool Exists(int year, int month, int day) =>
        year is >= 0 and <= 9999 && IsMonth(month) && day >= 1 && day <= DateTime.DaysInMonth(Math.Max(1, year < 100 ? 2000 + year : year), month);

    private static bool IsMonth(int number) => number is >= 1 and <= 12;

    private static bool IsDay(int number) => number is >= 1 and <= 31;

    private bool Number(ReadOnlySpan<char> digits)
    {
        // 20030925, 20030925T104941 and 200309251049: the date, and a time behind it.
        if (digits.Length is 8 or 12 or 14)
        {
            return Add(digits[..4]) && Add(digits[4..6]) && Add(digits[6..8])
                && (digits.Length == 8 || (_time = int.Parse(digits[8..10], CultureInfo.InvariantCulture) < 24));
        }

        if (digits.Length == 6 && _numbers >= 3)
            return _time = true;
        if (digits.Length == 6)
            return Add(digits[..2]) && Add(digits[2..4]) && Add(digits[4..]);
        if (_time && _numbers >= 3)
            return false;
        // A fraction of a second, or a time without colons, behind a date.
        if (_numbers >= 3 && digits.Length is 2 or 4)
            return _time = true;
        return digits.Length <= 4 && Add(digits);
    }

    private bool Add(ReadOnlySpan<char> digits)
    {
        var number = int.Parse(digits, CultureInfo.InvariantCulture);
        switch (_numbers++)
        {
            case 0: _first = number; return true;
            case 1: _second = number; return true;
            case 2: _third = number; return true;
            default: return false;
        }
    }

    private bool Word(ReadOnlySpan<char> word)
    {
        foreach (var month in Months)
        {
            if (word.Equals(month, StringComparison.OrdinalIgnoreCase))
            {
                var again = _month;
                _month = true;
                return !again;
            }
        }

        if (word.Equals("sept", StringComparison.OrdinalIgnoreCase))
            return _month = true;
        var known = Names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var name);
        _named |= known && (name!.EndsWith("day", StringComparison.Ordinal) || name is "mon" or "tue" or "wed" or "thu" or "fri" or "sat" or "sun");
        // The abbreviation of a zone stands behind a time.
        return known || (_time && word.Length is >= 3 and <= 5 && !word.ContainsAnyExceptInRange('A', 'Z'));
    }

    private bool Time(ReadOnlySpan<char> text, int start, ref int i)
    {
        if (_time || !int.TryParse(text[start..i], CultureInfo.InvariantCulture, out var hour) || hour > 23)
            return false;
        _time = true;
        for (var part = 0; part < 2 && i < text.Length && text[i] == ':'; part++)
        {
            var digits = ++i;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
                i++;
            if (i == digits || i - digits > 2 || int.Parse(text[digits..i], CultureInfo.InvariantCulture) > 59)
                return false;
        }

        if (i < text.Length && text[i] is '.' or ',' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))
        {
            var digits = i + 1;
            while (digits < text.Length && char.IsAsciiDigit(text[digits]))
                digits++;
            i = digits;
        }

        return true;
    }

    private static bool Zone(ReadOnlySpan<char> text, ref int i)
    {
        var end = i + 1;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == ':'))
            end++;
        if (end - i - 1 is not (2 or 4 or 5))
            return false;
        i = end;
        return true;
    }
}
