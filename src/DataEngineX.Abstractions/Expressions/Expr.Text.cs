namespace DataEngineX.Expressions;

/// <content>Functions on texts.</content>
public abstract partial class Expr
{
    /// <summary>Lower case.</summary>
    public Expr Lower() => new CallExpr(FunctionNames.Lower, this);

    /// <summary>Upper case.</summary>
    public Expr Upper() => new CallExpr(FunctionNames.Upper, this);

    /// <summary>Without white space at both ends.</summary>
    public Expr Trim() => new CallExpr(FunctionNames.Trim, this);

    /// <summary>Without the given characters at both ends.</summary>
    /// <param name="characters">The characters, in any order.</param>
    public Expr Trim(string characters) => new CallExpr(FunctionNames.Trim, this, characters);

    /// <summary>Without white space at the start.</summary>
    public Expr TrimStart() => new CallExpr(FunctionNames.TrimStart, this);

    /// <summary>Without the given characters at the start.</summary>
    /// <param name="characters">The characters, in any order.</param>
    public Expr TrimStart(string characters) => new CallExpr(FunctionNames.TrimStart, this, characters);

    /// <summary>Without white space at the end.</summary>
    public Expr TrimEnd() => new CallExpr(FunctionNames.TrimEnd, this);

    /// <summary>Without the given characters at the end.</summary>
    /// <param name="characters">The characters, in any order.</param>
    public Expr TrimEnd(string characters) => new CallExpr(FunctionNames.TrimEnd, this, characters);

    /// <summary>Length in characters.</summary>
    public Expr Length() => new CallExpr(FunctionNames.Length, this);

    /// <summary>Length in bytes of UTF-8.</summary>
    public Expr ByteLength() => new CallExpr(FunctionNames.ByteLength, this);

    /// <summary>Whether the text contains another.</summary>
    /// <param name="text">The text looked for.</param>
    public Expr Contains(Expr text) => new CallExpr(FunctionNames.Contains, this, text);

    /// <summary>Whether the text starts with another.</summary>
    /// <param name="text">The text looked for.</param>
    public Expr StartsWith(Expr text) => new CallExpr(FunctionNames.StartsWith, this, text);

    /// <summary>Whether the text ends with another.</summary>
    /// <param name="text">The text looked for.</param>
    public Expr EndsWith(Expr text) => new CallExpr(FunctionNames.EndsWith, this, text);

    /// <summary>The 0-based character at which a text first occurs, -1 where it does not.</summary>
    /// <param name="text">The text looked for.</param>
    public Expr IndexOf(Expr text) => new CallExpr(FunctionNames.IndexOf, this, text);

    /// <summary>The text from a character on.</summary>
    /// <param name="start">0-based, in characters; negative counts from the end.</param>
    public Expr Substring(Expr start) => new CallExpr(FunctionNames.Substring, this, start);

    /// <summary>Part of the text.</summary>
    /// <param name="start">0-based, in characters; negative counts from the end.</param>
    /// <param name="length">In characters.</param>
    public Expr Substring(Expr start, Expr length) => new CallExpr(FunctionNames.Substring, this, start, length);

    /// <summary>The first characters.</summary>
    /// <param name="count">How many; negative for all but so many of the last.</param>
    public Expr Left(Expr count) => new CallExpr(FunctionNames.Left, this, count);

    /// <summary>The last characters.</summary>
    /// <param name="count">How many; negative for all but so many of the first.</param>
    public Expr Right(Expr count) => new CallExpr(FunctionNames.Right, this, count);

    /// <summary>The text with each occurrence of one text replaced by another.</summary>
    /// <param name="oldText">The text looked for; not empty.</param>
    /// <param name="newText">What takes its place.</param>
    public Expr Replace(string oldText, string newText) => new CallExpr(FunctionNames.Replace, this, oldText, newText);

    /// <summary>Filled up at the start; a text that is wide enough stays.</summary>
    /// <param name="width">The width in characters.</param>
    /// <param name="padding">What it is filled with, repeated and cut as needed; not empty.</param>
    public Expr PadLeft(Expr width, string padding = " ") => new CallExpr(FunctionNames.PadLeft, this, width, padding);

    /// <summary>Filled up at the end; a text that is wide enough stays.</summary>
    /// <param name="width">The width in characters.</param>
    /// <param name="padding">What it is filled with, repeated and cut as needed; not empty.</param>
    public Expr PadRight(Expr width, string padding = " ") => new CallExpr(FunctionNames.PadRight, this, width, padding);

    /// <summary>The text several times.</summary>
    /// <param name="count">How often; zero or fewer give the empty text.</param>
    public Expr Repeat(Expr count) => new CallExpr(FunctionNames.Repeat, this, count);

    /// <summary>The characters from last to first.</summary>
    public Expr Reverse() => new CallExpr(FunctionNames.Reverse, this);

    /// <summary>The parts between a separator, as a list.</summary>
    /// <param name="separator">The separator; not empty.</param>
    public Expr Split(string separator) => new CallExpr(FunctionNames.Split, this, separator);

    /// <summary>One part between a separator; null where there is none.</summary>
    /// <param name="separator">The separator; not empty.</param>
    /// <param name="index">0-based; negative counts from the end.</param>
    public Expr SplitPart(string separator, Expr index) => new CallExpr(FunctionNames.SplitPart, this, separator, index);

    /// <summary>Whether the text is like an SQL pattern.</summary>
    /// <param name="pattern"><c>%</c> stands for any text, <c>_</c> for one character.</param>
    public Expr Like(string pattern) => new CallExpr(FunctionNames.Like, this, pattern);

    /// <summary>Whether the text is like an SQL pattern.</summary>
    /// <param name="pattern"><c>%</c> stands for any text, <c>_</c> for one character.</param>
    /// <param name="escape">The character before a <c>%</c>, <c>_</c> or itself that stands for itself.</param>
    public Expr Like(string pattern, char escape) => new CallExpr(FunctionNames.Like, this, pattern, escape.ToString());

    /// <summary>Whether the text is like an SQL pattern, upper and lower case being the same.</summary>
    /// <param name="pattern"><c>%</c> stands for any text, <c>_</c> for one character.</param>
    public Expr LikeIgnoreCase(string pattern) => new CallExpr(FunctionNames.LikeIgnoreCase, this, pattern);

    /// <summary>Whether the text is like an SQL pattern, upper and lower case being the same.</summary>
    /// <param name="pattern"><c>%</c> stands for any text, <c>_</c> for one character.</param>
    /// <param name="escape">The character before a <c>%</c>, <c>_</c> or itself that stands for itself.</param>
    public Expr LikeIgnoreCase(string pattern, char escape) => new CallExpr(FunctionNames.LikeIgnoreCase, this, pattern, escape.ToString());

    /// <summary>Whether a regular expression (non-backtracking) matches somewhere in the text.</summary>
    /// <param name="pattern">The regular expression.</param>
    public Expr MatchesRegex(string pattern) => new CallExpr(FunctionNames.MatchesRegex, this, pattern);

    /// <summary>What a regular expression (non-backtracking) first matches, or a group of it; null where there is no match.</summary>
    /// <param name="pattern">The regular expression.</param>
    /// <param name="group">The group's number; 0 for the whole match.</param>
    public Expr ExtractRegex(string pattern, int group = 0) => new CallExpr(FunctionNames.RegexExtract, this, pattern, group);

    /// <summary>The text with every match of a regular expression (non-backtracking) replaced.</summary>
    /// <param name="pattern">The regular expression.</param>
    /// <param name="replacement">What takes its place; <c>$1</c> stands for a group, <c>$$</c> for a dollar.</param>
    public Expr ReplaceRegex(string pattern, string replacement) => new CallExpr(FunctionNames.RegexReplace, this, pattern, replacement);

    /// <summary>How often a regular expression (non-backtracking) matches, without overlaps.</summary>
    /// <param name="pattern">The regular expression.</param>
    public Expr CountRegex(string pattern) => new CallExpr(FunctionNames.RegexCount, this, pattern);
}
