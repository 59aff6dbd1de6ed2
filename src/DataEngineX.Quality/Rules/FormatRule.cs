using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Each text of a column has a well-known form. Missing values are not checked.</summary>
public sealed class FormatRule : ColumnRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column, of text.</param>
    /// <param name="format">The form.</param>
    public FormatRule(string column, TextFormat format)
        : base(column) => Format = format;

    /// <summary>The form.</summary>
    public TextFormat Format { get; }

    /// <inheritdoc/>
    public override string Name => "format";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("format", TextFormats.NameOf(Format))];

    /// <inheritdoc/>
    public override string Expectation => $"{Column} has the form {TextFormats.NameOf(Format)}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var column = FindText(schema);
        return TextRows.Rule(column.Ordinal, TextFormats.Of(Format));
    }
}
