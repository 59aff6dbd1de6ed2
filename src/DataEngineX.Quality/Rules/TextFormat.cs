namespace DataEngineX.Quality;

/// <summary>A well-known form of texts.</summary>
public enum TextFormat
{
    /// <summary>An address as mail uses it: a local part without spaces or quotes, <c>@</c>, and a host name of two labels or more.</summary>
    Email,

    /// <summary>An absolute <c>http</c>, <c>https</c> or <c>ftp</c> address with a host.</summary>
    Url,

    /// <summary>A UUID of 32 hexadecimal digits in five groups with hyphens.</summary>
    Uuid,

    /// <summary>An IPv4 address: four numbers from 0 to 255 without leading zeros.</summary>
    IPv4,

    /// <summary>An IPv6 address, also a shortened one.</summary>
    IPv6,

    /// <summary>An IPv4 or IPv6 address.</summary>
    IP,

    /// <summary>A telephone number of E.164: <c>+</c> and 7 to 15 digits, the first not 0; spaces, hyphens, dots and brackets between them do not count.</summary>
    Phone,

    /// <summary>A card number of 12 to 19 digits whose check digit (Luhn) is right; spaces and hyphens do not count.</summary>
    CardNumber,

    /// <summary>A country of ISO 3166-1: two capital letters in use.</summary>
    Country,

    /// <summary>A currency of ISO 4217: three capital letters in use.</summary>
    Currency,

    /// <summary>A date of ISO 8601: <c>yyyy-MM-dd</c>.</summary>
    IsoDate,

    /// <summary>Text without small letters.</summary>
    UpperCase,

    /// <summary>Text without capital letters.</summary>
    LowerCase,

    /// <summary>Text that is neither empty nor has white space at either end.</summary>
    Trimmed,
}
