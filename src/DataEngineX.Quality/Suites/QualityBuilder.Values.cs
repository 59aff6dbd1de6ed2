namespace DataEngineX.Quality;

/// <content>Rules over single values.</content>
public sealed partial class QualityBuilder
{
    /// <summary>No row has a value in a column.</summary>
    /// <param name="column">The column.</param>
    public QualityBuilder Null(string column) => Add(new NullRule(column));

    /// <summary>A regular expression matches nowhere in a value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="pattern">The regular expression; without lookaround and back-references.</param>
    public QualityBuilder NotRegex(string column, string pattern) => Add(new RegexRule(column, pattern, negated: true));

    /// <summary>One of several regular expressions matches somewhere in each value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="patterns">The regular expressions.</param>
    public QualityBuilder RegexAny(string column, params IEnumerable<string> patterns) => Add(new RegexRule(column, patterns, PatternMatch.Any));

    /// <summary>Several regular expressions all match somewhere in each value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="patterns">The regular expressions.</param>
    public QualityBuilder RegexAll(string column, params IEnumerable<string> patterns) => Add(new RegexRule(column, patterns, PatternMatch.All));

    /// <summary>Each value is like one of some patterns of SQL, with <c>%</c> and <c>_</c>; case matters.</summary>
    /// <param name="column">The column.</param>
    /// <param name="patterns">The patterns.</param>
    public QualityBuilder Like(string column, params IEnumerable<string> patterns) => Add(new LikeRule(column, patterns));

    /// <summary>No value is like one of some patterns of SQL, with <c>%</c> and <c>_</c>; case matters.</summary>
    /// <param name="column">The column.</param>
    /// <param name="patterns">The patterns.</param>
    public QualityBuilder NotLike(string column, params IEnumerable<string> patterns) => Add(new LikeRule(column, patterns, negated: true));

    /// <summary>Texts have a number of characters between two bounds, both inside.</summary>
    /// <param name="column">The column.</param>
    /// <param name="min">The fewest characters; null for any.</param>
    /// <param name="max">The most characters; null for any. <value>Default: null.</value></param>
    public QualityBuilder Length(string column, long? min, long? max = null) => Add(new LengthRule(column, min, max));

    /// <summary>Texts have a well-known form.</summary>
    /// <param name="column">The column.</param>
    /// <param name="format">The form.</param>
    public QualityBuilder Format(string column, TextFormat format) => Add(new FormatRule(column, format));

    /// <summary>Texts are dates or times in a given format.</summary>
    /// <param name="column">The column.</param>
    /// <param name="format">The format.</param>
    /// <param name="style">The language it is written in. <value>Default: .NET's.</value></param>
    public QualityBuilder TimeFormat(string column, string format, TimeFormatStyle style = TimeFormatStyle.DotNet) =>
        Add(new TimeFormatRule(column, format, style));

    /// <summary>Texts can be read as a date or time.</summary>
    /// <param name="column">The column.</param>
    public QualityBuilder DateText(string column) => Add(new DateTextRule(column));

    /// <summary>Texts are JSON.</summary>
    /// <param name="column">The column.</param>
    public QualityBuilder JsonText(string column) => Add(new JsonTextRule(column));

    /// <summary>Values rise from row to row.</summary>
    /// <param name="column">The column.</param>
    /// <param name="strictly">Whether a value must not equal the one before. <value>Default: false.</value></param>
    public QualityBuilder Increasing(string column, bool strictly = false) => Add(new DirectionRule(column, decreasing: false, strictly));

    /// <summary>Values fall from row to row.</summary>
    /// <param name="column">The column.</param>
    /// <param name="strictly">Whether a value must not equal the one before. <value>Default: false.</value></param>
    public QualityBuilder Decreasing(string column, bool strictly = false) => Add(new DirectionRule(column, decreasing: true, strictly));

    /// <summary>Values are less than a number of standard deviations from the mean.</summary>
    /// <param name="column">The column.</param>
    /// <param name="threshold">The number of deviations.</param>
    /// <param name="doubleSided">Whether values below the mean are checked too. <value>Default: true.</value></param>
    public QualityBuilder ZScore(string column, double threshold, bool doubleSided = true) => Add(new ZScoreRule(column, threshold, doubleSided));

    /// <summary>A column is of one of some types.</summary>
    /// <param name="column">The column.</param>
    /// <param name="types">Their names, such as <c>int64</c>, <c>float</c> or <c>timestamp</c>.</param>
    public QualityBuilder OfType(string column, params IEnumerable<string> types) => Add(new TypeRule(column, types));
}
