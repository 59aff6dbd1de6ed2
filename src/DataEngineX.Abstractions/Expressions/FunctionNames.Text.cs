namespace DataEngineX.Expressions;

/// <content>Functions on texts beyond the first ones.</content>
public static partial class FunctionNames
{
    /// <summary>Length of a text in bytes of UTF-8.</summary>
    public const string ByteLength = "byte_length";

    /// <summary>Without white space at the start, or without the characters of a second literal.</summary>
    public const string TrimStart = "trim_start";

    /// <summary>Without white space at the end, or without the characters of a second literal.</summary>
    public const string TrimEnd = "trim_end";

    /// <summary>The first characters; with a negative number all but so many of the last.</summary>
    public const string Left = "left";

    /// <summary>The last characters; with a negative number all but so many of the first.</summary>
    public const string Right = "right";

    /// <summary>Filled up at the start to a width in characters with a literal text; never cut.</summary>
    public const string PadLeft = "pad_left";

    /// <summary>Filled up at the end to a width in characters with a literal text; never cut.</summary>
    public const string PadRight = "pad_right";

    /// <summary>The text several times; zero or fewer times give the empty text.</summary>
    public const string Repeat = "repeat";

    /// <summary>The characters (code points) from last to first.</summary>
    public const string Reverse = "reverse";

    /// <summary>The 0-based character at which a text first occurs in another, -1 where it does not.</summary>
    public const string IndexOf = "index_of";

    /// <summary>The parts between a literal separator, as a list.</summary>
    public const string Split = "split";

    /// <summary>One part between a literal separator: 0-based, negative from the end, null where there is none.</summary>
    public const string SplitPart = "split_part";

    /// <summary>A literal separator and texts: those that are not null, joined with the separator; never null.</summary>
    public const string ConcatWith = "concat_with";

    /// <summary>SQL LIKE with a literal pattern and an optional literal escape character.</summary>
    public const string Like = "like";

    /// <summary>SQL LIKE where upper and lower case (invariant) are the same.</summary>
    public const string LikeIgnoreCase = "like_ignore_case";

    /// <summary>The first match of a literal regular expression, or a group of it by literal number; null where there is none.</summary>
    public const string RegexExtract = "regex_extract";

    /// <summary>Every match of a literal regular expression replaced by a literal replacement.</summary>
    public const string RegexReplace = "regex_replace";

    /// <summary>The number of matches of a literal regular expression that do not overlap.</summary>
    public const string RegexCount = "regex_count";
}
