using System.Globalization;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Each text of a column is a date or time in a given format, whole and with values that exist. Missing values are not checked.</summary>
public sealed class TimeFormatRule : ColumnRule
{
    private readonly Strptime? _strptime;

    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column, of text.</param>
    /// <param name="format">The format.</param>
    /// <param name="style">The language it is written in. <value>Default: .NET's.</value></param>
    /// <exception cref="ArgumentException">The format is empty, or has a directive there is not.</exception>
    public TimeFormatRule(string column, string format, TimeFormatStyle style = TimeFormatStyle.DotNet)
        : base(column)
    {
        ArgumentException.ThrowIfNullOrEmpty(format);
        Format = format;
        Style = style;
        _strptime = style == TimeFormatStyle.Strftime ? new Strptime(format) : null;
    }

    /// <summary>The format.</summary>
    public string Format { get; }

    /// <summary>The language it is written in.</summary>
    public TimeFormatStyle Style { get; }

    /// <inheritdoc/>
    public override string Name => "time_format";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
        [RuleParameter.Of("format", Format), RuleParameter.Of("style", Style == TimeFormatStyle.DotNet ? "dotnet" : "strftime")];

    /// <inheritdoc/>
    public override string Expectation => $"{Column} is a time of the form {Format}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var column = FindText(schema);
        return TextRows.Rule(column.Ordinal, Holds);
    }

    private bool Holds(ReadOnlySpan<char> text) => _strptime is { } strptime
        ? strptime.Matches(text)
        : DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
