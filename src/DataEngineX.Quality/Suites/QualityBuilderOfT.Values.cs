using System.Linq.Expressions;

namespace DataEngineX.Quality;

/// <content>Rules over single values.</content>
public sealed partial class QualityBuilder<T>
{
    /// <summary>No row has a value in a column.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    public QualityBuilder<T> Null<TValue>(Expression<Func<T, TValue>> column) => Do(q => q.Null(One(column)));

    /// <summary>A regular expression matches nowhere in a value.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="pattern">The regular expression; without lookaround and back-references.</param>
    public QualityBuilder<T> NotRegex<TValue>(Expression<Func<T, TValue>> column, string pattern) => Do(q => q.NotRegex(One(column), pattern));

    /// <summary>One of several regular expressions matches somewhere in each value.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="patterns">The regular expressions.</param>
    public QualityBuilder<T> RegexAny<TValue>(Expression<Func<T, TValue>> column, params IEnumerable<string> patterns) =>
        Do(q => q.RegexAny(One(column), patterns));

    /// <summary>Several regular expressions all match somewhere in each value.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="patterns">The regular expressions.</param>
    public QualityBuilder<T> RegexAll<TValue>(Expression<Func<T, TValue>> column, params IEnumerable<string> patterns) =>
        Do(q => q.RegexAll(One(column), patterns));

    /// <summary>Each value is like one of some patterns of SQL, with <c>%</c> and <c>_</c>; case matters.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="patterns">The patterns.</param>
    public QualityBuilder<T> Like<TValue>(Expression<Func<T, TValue>> column, params IEnumerable<string> patterns) =>
        Do(q => q.Like(One(column), patterns));

    /// <summary>No value is like one of some patterns of SQL, with <c>%</c> and <c>_</c>; case matters.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="patterns">The patterns.</param>
    public QualityBuilder<T> NotLike<TValue>(Expression<Func<T, TValue>> column, params IEnumerable<string> patterns) =>
        Do(q => q.NotLike(One(column), patterns));

    /// <summary>Texts have a number of characters between two bounds, both inside.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="min">The fewest characters; null for any.</param>
    /// <param name="max">The most characters; null for any. <value>Default: null.</value></param>
    public QualityBuilder<T> Length<TValue>(Expression<Func<T, TValue>> column, long? min, long? max = null) =>
        Do(q => q.Length(One(column), min, max));

    /// <summary>Texts have a well-known form.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="format">The form.</param>
    public QualityBuilder<T> Format<TValue>(Expression<Func<T, TValue>> column, TextFormat format) => Do(q => q.Format(One(column), format));

    /// <summary>Texts are dates or times in a given format.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="format">The format.</param>
    /// <param name="style">The language it is written in. <value>Default: .NET's.</value></param>
    public QualityBuilder<T> TimeFormat<TValue>(Expression<Func<T, TValue>> column, string format, TimeFormatStyle style = TimeFormatStyle.DotNet) =>
        Do(q => q.TimeFormat(One(column), format, style));

    /// <summary>Texts can be read as a date or time.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    public QualityBuilder<T> DateText<TValue>(Expression<Func<T, TValue>> column) => Do(q => q.DateText(One(column)));

    /// <summary>Texts are JSON.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    public QualityBuilder<T> JsonText<TValue>(Expression<Func<T, TValue>> column) => Do(q => q.JsonText(One(column)));

    /// <summary>Values rise from row to row.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="strictly">Whether a value must not equal the one before. <value>Default: false.</value></param>
    public QualityBuilder<T> Increasing<TValue>(Expression<Func<T, TValue>> column, bool strictly = false) =>
        Do(q => q.Increasing(One(column), strictly));

    /// <summary>Values fall from row to row.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="strictly">Whether a value must not equal the one before. <value>Default: false.</value></param>
    public QualityBuilder<T> Decreasing<TValue>(Expression<Func<T, TValue>> column, bool strictly = false) =>
        Do(q => q.Decreasing(One(column), strictly));

    /// <summary>Values are less than a number of standard deviations from the mean.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="threshold">The number of deviations.</param>
    /// <param name="doubleSided">Whether values below the mean are checked too. <value>Default: true.</value></param>
    public QualityBuilder<T> ZScore<TValue>(Expression<Func<T, TValue>> column, double threshold, bool doubleSided = true) =>
        Do(q => q.ZScore(One(column), threshold, doubleSided));

    /// <summary>A column is of one of some types.</summary>
    /// <typeparam name="TValue">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="types">Their names, such as <c>int64</c>, <c>float</c> or <c>timestamp</c>.</param>
    public QualityBuilder<T> OfType<TValue>(Expression<Func<T, TValue>> column, params IEnumerable<string> types) =>
        Do(q => q.OfType(One(column), types));
}
