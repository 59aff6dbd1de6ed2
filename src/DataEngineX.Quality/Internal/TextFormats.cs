using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DataEngineX.Quality;

/// <summary>The tests behind <see cref="TextFormat"/>; none allocates but that of addresses of the web.</summary>
internal static class TextFormats
{
    private static readonly SearchValues<char> LocalPart = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+/=?^_`{|}~.-");

    private static readonly HashSet<string> Countries = [.. (
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ "
        + "DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT "
        + "JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ "
        + "OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ "
        + "UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW").Split(' ')];

    private static readonly HashSet<string> Currencies = [.. (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP "
        + "GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN "
        + "NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS "
        + "UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG").Split(' ')];

    /// <summary>The name of a form in verdicts and suites.</summary>
    public static string NameOf(TextFormat format) => format switch
    {
        TextFormat.Email => "email",
        TextFormat.Url => "url",
        TextFormat.Uuid => "uuid",
        TextFormat.IPv4 => "ipv4",
        TextFormat.IPv6 => "ipv6",
        TextFormat.IP => "ip",
        TextFormat.Phone => "phone",
        TextFormat.CardNumber => "card_number",
        TextFormat.Country => "country",
        TextFormat.Currency => "currency",
        TextFormat.IsoDate => "iso_date",
        TextFormat.UpperCase => "upper_case",
        TextFormat.LowerCase => "lower_case",
        _ => "trimmed",
    };

    /// <summary>The test of a form.</summary>
    public static TextRows.Test Of(TextFormat format) => format switch
    {
        TextFormat.Email => IsEmail,
        TextFormat.Url => IsUrl,
        TextFormat.Uuid => text => text.Length == 36 && Guid.TryParseExact(text, "D", out _),
        TextFormat.IPv4 => IsIPv4,
        TextFormat.IPv6 => IsIPv6,
        TextFormat.IP => text => IsIPv4(text) || IsIPv6(text),
        TextFormat.Phone => IsPhone,
        TextFormat.CardNumber => IsCardNumber,
        TextFormat.Country => text => text.Length == 2 && Countries.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text),
        TextFormat.Currency => text => text.Length == 3 && Currencies.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text),
        TextFormat.IsoDate => text => text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        TextFormat.UpperCase => text => !HasCase(text, UnicodeCategory.LowercaseLetter),
        TextFormat.LowerCase => text => !HasCase(text, UnicodeCategory.UppercaseLetter),
        _ => text => !text.IsEmpty && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]),
    };

    private static bool HasCase(ReadOnlySpan<char> text, UnicodeCategory category)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (System.Text.Rune.GetUnicodeCategory(rune) == category)
                return true;
        }

        return false;
    }

    private static bool IsEmail(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        if (at is < 1 or > 64 || text.Length > 254)
            return false;
        var local = text[..at];
        return !local.ContainsAnyExcept(LocalPart) && local[0] != '.' && local[^1] != '.' && local.IndexOf("..") < 0 && IsHost(text[(at + 1)..], labels: 2);
    }

    private static bool IsHost(ReadOnlySpan<char> host, int labels)
    {
        var count = 0;
        var letters = false;
        foreach (var range in host.Split('.'))
        {
            var label = host[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
                return false;
            foreach (var c in label)
            {
                if (!char.IsLetterOrDigit(c) && c != '-')
                    return false;
            }

            letters = !label.ContainsAnyInRange('0', '9') || label.ContainsAnyInRange('a', 'z') || label.ContainsAnyInRange('A', 'Z');
            count++;
        }

        // The last label of a name is never a number.
        return count >= labels && letters;
    }

    private static bool IsUrl(ReadOnlySpan<char> text) =>
        !text.ContainsAny(' ', '\t', '\n')
        && Uri.TryCreate(text.ToString(), UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" or "ftp"
        && uri.Host.Length > 0;

    private static bool IsIPv4(ReadOnlySpan<char> text)
    {
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0') || part.ContainsAnyExceptInRange('0', '9')
                || int.Parse(part, CultureInfo.InvariantCulture) > 255)
                return false;
            parts++;
        }

        return parts == 4;
    }

    private static bool IsIPv6(ReadOnlySpan<char> text) =>
        text.Contains(':') && !text.ContainsAny('[', ']', '/') && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    private static bool IsPhone(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] != '+')
            return false;
        var digits = 0;
        foreach (var c in text[1..])
        {
            if (char.IsAsciiDigit(c))
            {
                if (digits++ == 0 && c == '0')
                    return false;
            }
            else if (c is not (' ' or '-' or '.' or '(' or ')'))
            {
                return false;
            }
        }

        return digits is >= 7 and <= 15;
    }

    private static bool IsCardNumber(ReadOnlySpan<char> text)
    {
        var (digits, sum) = (0, 0);
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (text[i] is ' ' or '-')
                continue;
            if (!char.IsAsciiDigit(text[i]))
                return false;
            // Every second digit from the right counts twice, by its own sum of digits.
            var digit = (text[i] - '0') << (digits++ & 1);
            sum += digit > 9 ? digit - 9 : digit;
        }

        return digits is >= 12 and <= 19 && sum % 10 == 0;
    }
}
