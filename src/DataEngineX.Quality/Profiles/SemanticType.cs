namespace DataEngineX.Quality;

/// <summary>What a text looks like; each text counts for one of them.</summary>
public enum SemanticType
{
    /// <summary>None of the others.</summary>
    Text,

    /// <summary>Digits with an optional sign and no leading zero, such as <c>-12</c>.</summary>
    Integer,

    /// <summary>A number with a decimal point or an exponent, such as <c>1.5</c> or <c>2e-3</c>.</summary>
    Decimal,

    /// <summary><c>true</c>, <c>false</c>, <c>yes</c> or <c>no</c> in any case.</summary>
    Boolean,

    /// <summary>A day that exists as <c>yyyy-MM-dd</c>.</summary>
    Date,

    /// <summary>A day, <c>T</c> or a space, a time, and perhaps a fraction and an offset.</summary>
    Timestamp,

    /// <summary>Hexadecimal digits in groups of 8, 4, 4, 4 and 12.</summary>
    Uuid,

    /// <summary>Letters, digits and <c>._%+-</c>, an at sign, and a domain with a dot.</summary>
    Email,

    /// <summary>A text that begins with <c>http://</c> or <c>https://</c> and has no space.</summary>
    Url,

    /// <summary>A JSON object or array of at most 64 KB.</summary>
    Json,

    /// <summary>Four numbers to 255 with dots between them.</summary>
    IpAddress,
}
